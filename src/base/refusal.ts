/** A refusal: the caller may act on it. The code is API; its sentence lives in `sentences/`. */

import type { RefusalCode } from "./refusal-codes.ts"

/** What a sentence may name: counts, limits and codes. Never a value of an owner. */
export type RefusalFacts = Readonly<Record<string, string | number>>

export class Refusal extends Error {
  readonly code: RefusalCode
  readonly facts: RefusalFacts

  constructor(code: RefusalCode, facts: RefusalFacts = {}) {
    super(code)
    this.name = "Refusal"
    this.code = code
    this.facts = facts
  }
}
