/** Who may sign a step of an application. Nobody signs their own by any path. Clause 4.4. */

import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { SigningPost } from "../catalogue/approval-shape.ts"

/** A post held now, in the community. */
export interface Held {
  readonly staffId: string
  readonly post: string
  /** null: the whole community. */
  readonly buildingIds: readonly string[] | null
  readonly isSuspended: boolean
}

/** A duty that runs now. */
export interface Duty {
  readonly post: string
  readonly forStaff: string
  readonly deputy: string
  readonly madeBy: string
}

export interface Step {
  readonly post: SigningPost
  /** Whose turn comes after this one. */
  readonly later: readonly SigningPost[]
  readonly applicant: string
  readonly buildingIds: readonly string[]
  /** Accounts that have signed steps before, or in whose stead somebody did. */
  readonly signers: readonly string[]
}

export interface Hands {
  /** The signer's session may still be open for a moment on another process. Clause 6.3. */
  readonly isSuspended: boolean
  /** Posts of the signer, and of those for whom they stand in. */
  readonly held: readonly Held[]
  readonly duties: readonly Duty[]
  /** The natural person behind an account. */
  readonly personOf: (staffId: string) => string
}

/** `turn`: whose turn it is, for those whose own is still to come. */
export type Signing =
  | { readonly insteadOf: string | null }
  | { readonly refusal: RefusalCode; readonly turn?: SigningPost }

/**
 * In one's own right first, else as a deputy; also for somebody who is suspended, as for anybody who is away. Whoever is
 * suspended themselves signs nothing.
 */
export function signAs(signer: string, step: Step, hands: Hands): Signing {
  const { personOf } = hands
  if (hands.isSuspended) return { refusal: "session.none" }
  const self = personOf(signer)
  if (self === personOf(step.applicant)) return { refusal: "application.own" }
  const signed = new Set(step.signers.map(personOf))
  if (signed.has(self)) return { refusal: "application.signed_before" }
  if (holds(hands.held, signer, step)) return { insteadOf: null }
  const standsIn = standingIn(signer, step, hands)
  if (standsIn.length === 0) return outOfTurn(signer, step, hands)
  const clean = standsIn.find((duty) => isClean(duty, { step, signed, personOf }))
  return clean === undefined ? { refusal: "application.own" } : { insteadOf: clean.forStaff }
}

function standingIn(signer: string, step: Step, { duties, held }: Hands): readonly Duty[] {
  return duties.filter(
    (duty) => duty.deputy === signer && duty.post === step.post && holds(held, duty.forStaff, step),
  )
}

/** Whoever signs a later step is told whose turn it is; whoever signs none, that their post does not. */
function outOfTurn(signer: string, step: Step, hands: Hands): Signing {
  const isLater = step.later
    .map((post) => ({ ...step, post }))
    .some((one) => holds(hands.held, signer, one) || standingIn(signer, one, hands).length > 0)
  return isLater ? { refusal: "application.later_turn", turn: step.post } : { refusal: "post.not_allowed" }
}

interface Stand {
  readonly step: Step
  readonly signed: ReadonlySet<string>
  readonly personOf: Hands["personOf"]
}

/** Neither stood in for the applicant, nor put there by them, nor for somebody who signed another step. */
function isClean({ forStaff, madeBy }: Duty, { step, signed, personOf }: Stand): boolean {
  const applicant = personOf(step.applicant)
  return personOf(forStaff) !== applicant && personOf(madeBy) !== applicant && !signed.has(personOf(forStaff))
}

/** The post, over every building that the application concerns. */
function holds(held: readonly Held[], staffId: string, { post, buildingIds }: Step): boolean {
  const own = held.filter((one) => one.staffId === staffId && one.post === post)
  if (own.some((one) => one.buildingIds === null)) return true
  const reached = new Set(own.flatMap((one) => one.buildingIds ?? []))
  return reached.size > 0 && buildingIds.every((one) => reached.has(one))
}
