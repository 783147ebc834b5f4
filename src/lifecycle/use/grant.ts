/** Grants: who may see which field of which subject, until when. Clauses 4.2, 4.5. */

import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { FieldCode } from "../catalogue/field.ts"
import { type FieldSet, membersOf, oneField, overlap } from "../catalogue/field-set.ts"

/** A grant with what has become of it. Times in milliseconds since the epoch. */
export interface Grant {
  readonly grantId: string
  readonly subjectId: string
  readonly class: string
  readonly fields: FieldSet
  /** Staff id; null when the grant names a post. */
  readonly grantee: string | null
  readonly granteePost: string | null
  readonly from: number
  readonly until: number
  /** The grant ended early, or its use is archived. */
  readonly isEnded: boolean
}

export interface Viewer {
  readonly staffId: string | null
  readonly posts: readonly string[]
}

export type Decision = { readonly grant: Grant } | { readonly refusal: RefusalCode }

/**
 * Whether the viewer may see this field now. Without a live grant of one's own nobody sees plaintext, whatever their post.
 * Clause 4.2.
 */
export function decideLook(
  grants: readonly Grant[],
  viewer: Viewer,
  { field, now }: { field: string; now: number },
): Decision {
  const asked = oneField(field)
  let refusal: RefusalCode = "use.none"
  for (const grant of grants) {
    if (!isFor(grant, viewer)) continue
    if (!isLive(grant, now)) {
      if (refusal === "use.none") refusal = "use.ended"
      continue
    }
    if (overlap(grant.fields, asked)) return { grant }
    refusal = "use.field_not_granted"
  }
  return { refusal }
}

/** The fields the viewer may see now, without repeats. */
export function lookableFields(grants: readonly Grant[], viewer: Viewer, now: number): readonly FieldCode[] {
  let low = 0
  let high = 0
  for (const grant of grants) {
    if (!isLive(grant, now) || !isFor(grant, viewer)) continue
    low |= grant.fields.low
    high |= grant.fields.high
  }
  return membersOf({ low, high })
}

function isFor(grant: Grant, viewer: Viewer): boolean {
  if (grant.grantee !== null) return grant.grantee === viewer.staffId
  return grant.granteePost !== null && viewer.posts.includes(grant.granteePost)
}

function isLive(grant: Grant, now: number): boolean {
  return !grant.isEnded && grant.from <= now && now < grant.until
}
