/** Applications about somebody under 14: the guardian's consent, a named approver, each thing once. Clause 2.10. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import type { Reader } from "../../platform/database.ts"
import { type SigningPost, signingPosts } from "../catalogue/approval-shape.ts"
import { consentFor, minorsAmong, youngAmong } from "../consent/consent-for.ts"
import { wholeReader } from "./hand.ts"

/** Signs for every look at a child, beside whoever the rules ask for. */
const approverOfMinors: SigningPost = "privacy_officer"

export interface Guarded {
  readonly minors: readonly string[]
  /** Of the others: those under 18. */
  readonly young: readonly string[]
  readonly purpose: string
  readonly fields: readonly string[]
}

interface Sought {
  readonly purpose: string
  readonly fields: readonly string[]
  readonly form: string
  readonly subjects: readonly { readonly person_id: string }[]
}

/** The children among the persons asked for. From a list that leaves they stay behind (export/lent.ts). */
export async function guardedOf(
  command: Reader,
  communityId: string,
  { purpose, fields, form, subjects }: Sought,
): Promise<Guarded> {
  const personIds = [...new Set(subjects.map((one) => one.person_id))]
  const minors = form === "see" ? await minorsAmong(command, communityId, personIds) : []
  const young = (await youngAmong(command, communityId, personIds)).filter((one) => !minors.includes(one))
  return { minors, young, purpose, fields }
}

/** Throws `minor.no_consent` unless the guardian of every child has consented to every field for the purpose. */
export async function refuseUnguarded(
  house: House,
  communityId: string,
  { minors, purpose, fields }: Pick<Guarded, "minors" | "purpose" | "fields">,
): Promise<void> {
  const moment = { communityId, regime: house.regime(), now: house.spine.clock() }
  for (const personId of minors) {
    const refusal = await consentFor(wholeReader(house, communityId), moment, { personId, purpose, fields })
    if (refusal !== undefined) throw new Refusal("minor.no_consent", { purpose })
  }
}

export function underGuard(chain: readonly SigningPost[], { minors }: Guarded): SigningPost[] {
  if (chain.length === 0 || minors.length === 0) return [...chain]
  return signingPosts.filter((post) => chain.includes(post) || post === approverOfMinors)
}

interface Looked {
  readonly personId: string
  readonly field: string
  readonly purpose: string
  readonly posts: readonly string[]
  readonly isSingle: boolean
}

/** Why a child may not be looked at now: applied for before it was known, or the guardian has taken it back. */
export async function minorRefusal(
  house: House,
  communityId: string,
  { personId, field, purpose, posts, isSingle }: Looked,
): Promise<Refusal | undefined> {
  const minors = await minorsAmong(wholeReader(house, communityId), communityId, [personId])
  if (minors.length === 0) return undefined
  if (!isSingle || !posts.includes(approverOfMinors)) return new Refusal("minor.by_order")
  const guarded = { minors, purpose, fields: [field] }
  return refuseUnguarded(house, communityId, guarded).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof Refusal) return error
      throw error
    },
  )
}
