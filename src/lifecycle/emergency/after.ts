/** What comes after the glass was broken: its end, two reviews and the archive, the owner told. One at a time. Clauses 4.2, 4.9, 8.1. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { ownHand } from "../apply/hand.ts"
import { personsBehind, registerOf } from "../apply/known.ts"
import { raiseIncident } from "../visit/raise-incident.ts"
import type { emergencyVerdicts, tellingWays } from "./contract.ts"
import { endRefusal, reviewRefusal, reviewsNeeded } from "./emergency.ts"
import { purposeOfEmergency } from "./purpose.ts"
import { type EmergencyRow, findEmergency, readConcerned } from "./sql.ts"
import { standingOf } from "./views.ts"
import { type Bound, lockEmergency, writeArchive, writeEnd, writeReview, writeTold } from "./write-sql.ts"

/** Throws `thing.absent`, `emergency.over`, `post.not_allowed`. */
export async function endEmergency(house: House, actor: Actor, emergencyId: string): Promise<void> {
  await act(house.spine, actor, async (command) => {
    const row = await lockedEmergency(command, actor, emergencyId)
    const { staffId, post, context } = actor
    const refusal = endRefusal(standingOf(row), { staffId, posts: context.posts.split(",") }, command.now)
    if (refusal !== undefined) throw new Refusal(refusal)
    const reason = row.applicant === staffId ? "handed_back" : "stopped"
    await writeEnd(command, boundOf(row, actor, command.now), { reason, staffId, post })
    command.trace(await traceOf(command, actor, { row, act: "emergency.end" }))
  })
}

export interface Review {
  readonly verdict: (typeof emergencyVerdicts)[number]
  readonly why: string
}

/** The second archives it; the first that finds it not justified raises an incident. Throws what `reviewRefusal` says. */
export async function reviewEmergency(
  house: House,
  actor: Actor,
  { emergencyId, review }: { emergencyId: string; review: Review },
): Promise<void> {
  await act(house.spine, actor, async (command) => {
    const row = await lockedEmergency(command, actor, emergencyId)
    const { staffId, post } = actor
    const accounts = [staffId ?? "", row.applicant, ...row.reviews.map((one) => one.signed_by)]
    const personOf = await personsBehind(command, accounts)
    const refusal = reviewRefusal(standingOf(row), { staffId, personOf }, command.now)
    if (refusal !== undefined) throw new Refusal(refusal)
    const bound = boundOf(row, actor, command.now)
    const place = row.reviews.length + 1
    await writeReview(command, bound, { ...review, place, staffId, post })
    await raiseIfFirst(command, row, { review, bound })
    if (place === reviewsNeeded) await archive(command, actor, { row, bound })
    command.trace(await traceOf(command, actor, { row, act: `emergency.${review.verdict}` }))
  })
}

async function raiseIfFirst(
  command: Command,
  row: EmergencyRow,
  { review, bound }: { review: Review; bound: Bound },
): Promise<void> {
  const isKnown = row.reviews.some(({ verdict }) => verdict === "not_justified")
  if (review.verdict !== "not_justified" || isKnown) return
  await raiseIncident(command, bound.communityId, {
    incidentId: command.newId(),
    about: { kind: "emergency_not_justified", emergencyId: row.emergency_id },
    buildingId: row.building_id,
    assignee: row.applicant,
    at: bound.at,
  })
}

/** Step 4, with the number of looks. */
async function archive(
  command: Command,
  actor: Actor,
  { row, bound }: { row: EmergencyRow; bound: Bound },
): Promise<void> {
  const { communityId, staffId, post } = actor
  const looks = await ownHand(command, actor, () => registerOf(command, communityId, row.emergency_id))
  await writeArchive(command, bound, { looks: looks.length, staffId, post })
}

/** Throws `thing.absent`, `emergency.told_before`, `request.malformed` for a time to come, or before the emergency. */
export async function tellOwner(
  house: House,
  actor: Actor,
  telling: { emergencyId: string; how: (typeof tellingWays)[number]; toldAt: string },
): Promise<void> {
  await act(house.spine, actor, async (command) => {
    const row = await lockedEmergency(command, actor, telling.emergencyId)
    if (row.told_at !== null) throw new Refusal("emergency.told_before")
    const at = Date.parse(telling.toldAt)
    if (at > command.now || at < row.at.getTime()) throw new Refusal("request.malformed", { field: "toldAt" })
    const { staffId, post } = actor
    await writeTold(command, boundOf(row, actor, command.now), { ...telling, staffId, post })
    command.trace(await traceOf(command, actor, { row, act: "emergency.told" }))
  })
}

async function lockedEmergency(
  command: Command,
  { communityId }: Actor,
  emergencyId: string,
): Promise<EmergencyRow> {
  await lockEmergency(command, communityId, emergencyId)
  const row = await findEmergency(command, communityId, emergencyId)
  if (row === undefined) throw new Refusal("thing.absent")
  return row
}

function boundOf(row: EmergencyRow, { communityId }: Actor, now: number): Bound {
  return {
    communityId,
    emergencyId: row.emergency_id,
    buildingId: row.building_id,
    applicant: row.applicant,
    at: new Date(now).toISOString(),
  }
}

async function traceOf(command: Command, actor: Actor, { row, act }: { row: EmergencyRow; act: string }) {
  const { emergency_id: emergencyId, fields } = row
  const concerned = await ownHand(command, actor, () =>
    readConcerned(command, actor.communityId, { emergencyId, fields }),
  )
  return {
    act,
    clause: "4.9",
    purpose: purposeOfEmergency,
    useId: emergencyId,
    subjects: concerned.map((one) => one.subject_ref),
    fields,
  }
}
