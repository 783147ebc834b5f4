/** Storage that fails: a call is lost (it fails and nothing was done), or it is done and fails all the same. */

export type Kind = "lost" | "done"

export class Fault extends Error {
  constructor(call: string, kind: Kind) {
    super(`${call} ${kind}`)
    this.name = "Fault"
  }
}

/** One counter for all storage of a publisher, so that every call has a number. */
export class Faults {
  /** Calls since `arm`, by name. */
  calls: string[] = []
  #at = -1
  #kind: Kind = "lost"
  #left = 0
  #isHit = false

  /** The call with that number, from now on, fails; and as many calls of the same name after it as `times` says, less one. */
  arm(at: number, kind: Kind, times: number): void {
    this.calls = []
    this.#at = at
    this.#kind = kind
    this.#left = times
    this.#isHit = false
  }

  /** The first call of that name, and every one after it, is lost: a process that dies there. */
  armFrom(name: string): void {
    this.arm(-1, "lost", Number.POSITIVE_INFINITY)
    this.calls = [name]
    this.#at = 0
  }

  get isHit(): boolean {
    return this.#isHit
  }

  async run<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const number = this.calls.push(name) - 1
    const isHit =
      this.#left > 0 && (number === this.#at || (number > this.#at && name === this.calls[this.#at]))
    if (!isHit) return work()
    this.#left -= 1
    this.#isHit = true
    if (this.#kind === "done") await work()
    throw new Fault(name, this.#kind)
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
