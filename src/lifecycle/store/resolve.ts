/**
 * Who is who: whether an entry speaks of a person already known. Decided on tags, so that nothing is opened for it.
 * Same name in the same home, or same name with a common phone anywhere in the community: the same person.
 * A common phone alone is not enough: families share one.
 */

/** An entry reduced to what identifies it. */
export interface Sign {
  readonly homeId: string
  readonly name: number
  readonly phones: readonly number[]
}

/** A known person as the indexes show them. */
export interface Known {
  readonly personId: string
  readonly homeIds: readonly string[]
  readonly names: readonly number[]
  readonly phones: readonly number[]
}

export class Registry {
  readonly #byHome = new Map<string, string>()
  readonly #byPhone = new Map<string, string>()

  constructor(known: readonly Known[]) {
    for (const { personId, homeIds, names, phones } of known) {
      for (const name of names) {
        for (const homeId of homeIds) this.add({ homeId, name, phones }, personId)
        for (const phone of phones) this.#byPhone.set(`${name}/${phone}`, personId)
      }
    }
  }

  /** The person this sign speaks of, or undefined: nobody known. */
  find(sign: Sign): string | undefined {
    const atHome = this.#byHome.get(`${sign.homeId}/${sign.name}`)
    if (atHome !== undefined) return atHome
    for (const phone of sign.phones) {
      const byPhone = this.#byPhone.get(`${sign.name}/${phone}`)
      if (byPhone !== undefined) return byPhone
    }
    return undefined
  }

  /** From now on this sign speaks of this person. */
  add(sign: Sign, personId: string): void {
    this.#byHome.set(`${sign.homeId}/${sign.name}`, personId)
    for (const phone of sign.phones) this.#byPhone.set(`${sign.name}/${phone}`, personId)
  }
}
