/** Plaintext of one household at a time: showing another household's hides what is on screen. */

export interface Shown {
  readonly household: string
  readonly hide: () => void
}

export interface ShownHouseholds {
  readonly show: (entry: Shown) => void
  readonly forget: (entry: Shown) => void
}

export function shownHouseholds(): ShownHouseholds {
  const shown = new Set<Shown>()
  return {
    show: (entry) => {
      for (const other of shown) if (other.household !== entry.household) other.hide()
      shown.add(entry)
    },
    forget: (entry) => {
      shown.delete(entry)
    },
  }
}
