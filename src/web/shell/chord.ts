const chords = ["/", "?", "g o", "g w", "g u", "g t"] as const
export type Chord = (typeof chords)[number]

const patience = 1200

/** Reads keys one by one; `g` waits for the second key of its chord for 1.2 s. Times in milliseconds. */
export function chordReader(): (key: string, at: number) => Chord | null {
  let leader = { key: "", at: 0 }
  return (key, at) => {
    const typed = leader.key !== "" && at - leader.at <= patience ? `${leader.key} ${key}` : key
    leader = key === "g" ? { key, at } : { key: "", at: 0 }
    return chords.find((chord) => chord === typed) ?? null
  }
}
