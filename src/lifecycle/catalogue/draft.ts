/** A draft of the regime: what it becomes when it is applied, who may sign it, what keeps it back. Clauses 2.2, 2.3, 2.11. */

import { Refusal } from "../../base/refusal.ts"
import type { Needs } from "./assessment-need.ts"
import type { Contradiction } from "./contradiction.ts"
import { withLimits } from "./limits.ts"
import { convenienceIn, type Finding } from "./purpose-lint.ts"
import type { Regime, RegimeText } from "./regime-shape.ts"

/** The officer's text upon everything else of the base, as the version after `newest`. */
export function applied(base: Regime, text: RegimeText, newest: number): Regime {
  const edited = new Map(text.fields.map((field) => [field.code, field]))
  const declared = new Set(text.purposes.map(({ code }) => code))
  return {
    ...(text.limits === undefined ? base : withLimits(base, text.limits)),
    version: newest + 1,
    purposes: text.purposes,
    matrix: Object.fromEntries(Object.entries(text.matrix).filter(([code]) => declared.has(code))),
    fields: base.fields.map((field) => {
      const { label, retention } = edited.get(field.code) ?? field
      return { ...field, label, retention }
    }),
  }
}

/** Not even drafted. Throws `regime.purpose_convenience`. Clause 2.2. */
export function refuseConvenience(text: Pick<RegimeText, "purposes">): void {
  for (const purpose of text.purposes) {
    const word = convenienceIn(purpose)
    if (word !== undefined) throw new Refusal("regime.purpose_convenience", { purpose: purpose.code, word })
  }
}

export interface Signed {
  readonly place: number
  readonly by: string
}

export interface Signing {
  readonly newest: number
  readonly draft: { readonly change: number; readonly basedOn: number; readonly isEnded: boolean }
  /** Of the newest change. */
  readonly signatures: readonly Signed[]
}

export interface Signer {
  readonly staffId: string
  readonly posts: readonly string[]
  /** The change that they read. */
  readonly change: number
}

/**
 * Which of the two signatures this is. Throws `regime.draft_closed`, `regime.draft_changed`, `regime.draft_stale`,
 * `regime.officer_first`, `regime.same_person`.
 */
export function decideSignature({ draft, signatures, newest }: Signing, signer: Signer): 1 | 2 {
  if (draft.isEnded) throw new Refusal("regime.draft_closed")
  if (signer.change !== draft.change) throw new Refusal("regime.draft_changed")
  if (draft.basedOn !== newest) throw new Refusal("regime.draft_stale")
  const [first] = signatures
  if (first === undefined) {
    if (!signer.posts.includes("privacy_officer")) throw new Refusal("regime.officer_first")
    return 1
  }
  if (first.by === signer.staffId) throw new Refusal("regime.same_person")
  return 2
}

export interface Review {
  readonly contradictions: readonly Contradiction[]
  readonly findings: readonly Finding[]
  readonly needs: Needs
}

/**
 * What keeps a draft from being signed; what is missing to be assessed keeps it from the second signature only, so that
 * assessing and reading may go side by side. Throws `regime.contradicts`, `regime.lint_failed`, `regime.assessment_missing`.
 */
export function refuseUnready({ contradictions, findings, needs }: Review, place: 1 | 2): void {
  if (contradictions.length > 0) throw new Refusal("regime.contradicts")
  const wrong = findings.find(({ level, code }) => level === "error" && code !== "unassessed")
  if (wrong !== undefined) throw new Refusal("regime.lint_failed", { purpose: wrong.purpose })
  const [missing] = needs.missing
  if (place === 2 && missing !== undefined)
    throw new Refusal("regime.assessment_missing", { purpose: missing.purpose })
}
