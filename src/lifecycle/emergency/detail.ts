/** One emergency as its readers see it: masks, four records, and what they may do with it now. Clauses 4.2, 4.9. */

import { Refusal } from "../../base/refusal.ts"
import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import { wholeReader } from "../apply/hand.ts"
import { personsBehind, registerOf } from "../apply/known.ts"
import { endRefusal, lookRefusal, reviewRefusal } from "./emergency.ts"
import { purposeOfEmergency } from "./purpose.ts"
import { type Asked, type EmergencyRow, findEmergency, listReviewers, readConcerned } from "./sql.ts"
import { detailOf, type Seen, standingOf } from "./views.ts"

export function readDetail(house: House, actor: Actor, emergencyId: string) {
  return look(house.spine, actor, async (reader) => {
    const { communityId } = actor
    const row = await findEmergency(reader, communityId, emergencyId)
    if (row === undefined) throw new Refusal("thing.absent")
    // By the server's own hand: the privacy officer reviews without a level of their own.
    const whole = wholeReader(house, communityId)
    const [concerned, register, seen] = await Promise.all([
      readConcerned(whole, communityId, { emergencyId, fields: row.fields }),
      registerOf(whole, communityId, emergencyId),
      seenNow(reader, communityId, { now: reader.now, rows: [row], viewer: actor.staffId }),
    ])
    return {
      trace: {
        act: "emergency.read",
        clause: "4.9",
        purpose: purposeOfEmergency,
        useId: emergencyId,
        subjects: concerned.map((one) => one.subject_ref),
        fields: row.fields,
      },
      answer: detailOf({ ...seen, row, concerned, register, refusals: refusalsOf(row, actor, seen) }),
    }
  })
}

/** Who reviews here, and who is whom: what a view of emergencies needs beside their rows. */
export async function seenNow(
  reader: Asked,
  communityId: string,
  { now, rows, viewer }: { now: number; rows: readonly EmergencyRow[]; viewer: string | null },
): Promise<Seen> {
  const reviewers = await listReviewers(reader, communityId, { at: new Date(now).toISOString() })
  const staffIds = [
    ...(viewer === null ? [] : [viewer]),
    ...reviewers.map((one) => one.staff_id),
    ...rows.flatMap((row) => [row.applicant, ...row.reviews.map((one) => one.signed_by)]),
  ]
  return { now, reviewers, personOf: await personsBehind(reader, [...new Set(staffIds)]) }
}

const reviewing = ["supervisor", "manager", "privacy_officer"]

function refusalsOf(row: EmergencyRow, { staffId, context }: Actor, { now, personOf }: Seen) {
  const standing = standingOf(row)
  const posts = context.posts.split(",")
  const [personId = ""] = row.persons
  const [field = ""] = row.fields
  const notYours: RefusalCode | null = posts.some((post) => reviewing.includes(post))
    ? null
    : "post.not_allowed"
  return {
    lookRefusal: lookRefusal(standing, { staffId, personId, field, now }) ?? null,
    endRefusal: endRefusal(standing, { staffId, posts }, now) ?? null,
    reviewRefusal: notYours ?? reviewRefusal(standing, { staffId, personOf }, now) ?? null,
    tellRefusal: notYours ?? (row.told_at === null ? null : "emergency.told_before"),
  }
}
