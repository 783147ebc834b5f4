/** Storage that fails: a call is lost (it fails and nothing was done), or it is done and fails all the same. */

export type Kind = "lost" | "done"

class Fault extends Error {
  constructor(call: string, kind: Kind) {
    super(`${call} ${kind}`)
    this.name = "Fault"
  }
}

export interface Hit {
  readonly name: string
  /** The call of that name that fails, counted from 0. */
  readonly nth: number
  readonly kind: Kind
  /** How many calls of that name fail in a row. */
  readonly times: number
}

/** All storage of a publisher asks here before each call. */
export class Faults {
  readonly #seen = new Map<string, number>()
  #hit: Hit | undefined
  #isHit = false

  arm(hit: Hit | undefined): void {
    this.#seen.clear()
    this.#hit = hit
    this.#isHit = false
  }

  get isHit(): boolean {
    return this.#isHit
  }

  async run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const nth = this.#seen.get(name) ?? 0
    this.#seen.set(name, nth + 1)
    const hit = this.#hit
    if (hit?.name !== name || nth < hit.nth || nth >= hit.nth + hit.times) return work()
    this.#isHit = true
    if (hit.kind === "done") await work()
    throw new Fault(name, hit.kind)
  }
}

/** The same object, every method of which may fail. `close` never does: it gives things up. */
export function failing<Storage extends object>(storage: Storage, label: string, faults: Faults): Storage {
  return new Proxy(storage, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== "function" || name === "close") {
        return typeof value === "function"
          ? (...args: unknown[]) => Reflect.apply(value, target, args)
          : value
      }
      return (...args: unknown[]) =>
        faults.run(
          `${label}.${String(name)}`,
          async (): Promise<unknown> => Reflect.apply(value, target, args),
        )
    },
  })
}
