/** Signing, ending: one at a time for an application, so that of two that meet one has an outcome. Clauses 4.4, 4.5. */

import { Refusal } from "../../base/refusal.ts"
import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { narrowed, type Scope, scopeOf, signRefusal, stateOf } from "./application.ts"
import { nextStep } from "./decision.ts"
import { ownHand } from "./hand.ts"
import { type Signing, signAs } from "./signing.ts"
import { type ApplicationRow, findApplication, readConcerned, readRegister } from "./sql.ts"
import { handsOf, type StandIn, signersOf, standInOf } from "./stand-in.ts"
import { standingOf } from "./views.ts"
import { type Bound, lockApplication, writeEnd, writeSignature } from "./write-sql.ts"

export interface Verdict {
  readonly verdict: "approved" | "refused"
  readonly reason?: string
  readonly scope: Partial<Scope>
}

/** Throws what `signAs` and `signRefusal` say. */
export async function signApplication(
  house: House,
  signer: Actor,
  { applicationId, verdict }: { applicationId: string; verdict: Verdict },
): Promise<void> {
  const standIn = await standInOf(house, signer)
  const { actor } = standIn
  await act(house.spine, actor, async (command) => {
    const row = await lockedApplication(command, actor, applicationId)
    const refusal = signRefusal(standingOf(row), command.now)
    const signing = await signingOf(command, row, standIn)
    if ("refusal" in signing) throw new Refusal(signing.refusal, turnOf(signing.turn))
    if (refusal !== undefined) throw new Refusal(refusal)
    const scope = narrowed(scopeOf(standingOf(row)), verdict.scope)
    if (scope === undefined) throw new Refusal("application.wider")
    await record(command, actor, { row, verdict, scope, insteadOf: signing.insteadOf })
  })
}

const turnOf = (post: string | undefined) => (post === undefined ? {} : { post })

/** Whether the viewer may sign the step that is next, or why not. A signed or ended one is nobody's to sign. */
export async function signingOf(
  command: Pick<Command, "query" | "now">,
  row: ApplicationRow,
  standIn: StandIn,
): Promise<Signing> {
  const post = nextStep(row.posts, row.signed.length)
  if (post === undefined) return { refusal: "application.decided" }
  const step = {
    post,
    later: row.posts.slice(row.signed.length + 1),
    applicant: row.applicant,
    buildingIds: row.building_ids,
    signers: signersOf(row),
  }
  const hands = await handsOf(command, row, standIn)
  return signAs(standIn.actor.staffId ?? "", step, hands)
}

interface Signed {
  readonly row: ApplicationRow
  readonly verdict: Verdict
  readonly scope: Scope
  readonly insteadOf: string | null
}

async function record(
  command: Command,
  actor: Actor,
  { row, verdict, scope, insteadOf }: Signed,
): Promise<void> {
  const bound = boundOf(row, actor, command.now)
  await writeSignature(command, bound, {
    ...scope,
    step: row.signed.length,
    post: nextStep(row.posts, row.signed.length) ?? "",
    verdict: verdict.verdict,
    reason: verdict.reason ?? null,
    signedBy: actor.staffId,
    signedPost: actor.post,
    insteadOf,
  })
  if (verdict.verdict === "refused")
    await writeEnd(command, bound, {
      reason: "refused",
      endedBy: actor.staffId,
      endedPost: actor.post,
      looks: 0,
    })
  const act = verdict.verdict === "approved" ? "use.approve" : "use.refuse"
  const trace = await traceOf(command, actor, row)
  command.trace({ ...trace, act, clause: "4.4", fields: [...scope.fields] })
}

async function lockedApplication(
  command: Command,
  { communityId }: Actor,
  applicationId: string,
): Promise<ApplicationRow> {
  await lockApplication(command, communityId, applicationId)
  const row = await findApplication(command, communityId, applicationId)
  if (row === undefined) throw new Refusal("thing.absent")
  return row
}

/** Withdrawn while it waits, handed back by whom it was granted to, revoked by whoever supervises. */
export async function endApplication(house: House, ender: Actor, applicationId: string): Promise<void> {
  const { actor } = await standInOf(house, ender)
  await act(house.spine, actor, async (command) => {
    const row = await lockedApplication(command, actor, applicationId)
    const refusal = endRefusal(row, actor, command.now)
    if (refusal !== undefined) throw new Refusal(refusal)
    const isOwn = row.applicant === actor.staffId
    const isGranted = stateOf(standingOf(row), command.now) === "granted"
    const own = isGranted ? "handed_back" : "withdrawn"
    await archive(command, actor, { row, reason: isOwn ? own : "revoked" })
  })
}

/**
 * Who checks does not end, nor does an archivist what is granted. What waits is its applicant's to withdraw; who is against it
 * says so by signing. Undefined: it may be ended.
 */
export function endRefusal(row: ApplicationRow, actor: Actor, now: number): RefusalCode | undefined {
  const state = stateOf(standingOf(row), now)
  if (state !== "pending" && state !== "granted") return "application.decided"
  if (row.applicant === actor.staffId) return undefined
  const held = actor.context.posts.split(",")
  const supervises = ["supervisor", "manager", "privacy_officer"].some((post) => held.includes(post))
  if (!supervises) return "post.not_allowed"
  return state === "pending" ? "application.not_granted" : undefined
}

/** Step 4, with the number of looks. By a person, or, with none, by time. */
export async function archive(
  command: Command,
  actor: Actor,
  { row, reason }: { row: ApplicationRow; reason: string },
): Promise<void> {
  const { communityId } = actor
  const looks = await ownHand(command, actor, () => readRegister(command, communityId, row.application_id))
  await writeEnd(command, boundOf(row, actor, command.now), {
    reason,
    endedBy: actor.staffId,
    endedPost: actor.staffId === null ? null : actor.post,
    looks: looks.length,
  })
  const trace = await traceOf(command, actor, row)
  command.trace({ ...trace, act: "use.end", clause: "4.5", fields: row.fields })
}

export function boundOf(row: ApplicationRow, { communityId }: Actor, now: number): Bound {
  return {
    communityId,
    applicationId: row.application_id,
    buildingIds: row.building_ids,
    applicant: row.applicant,
    at: new Date(now).toISOString(),
  }
}

async function traceOf(command: Command, actor: Actor, row: ApplicationRow) {
  const { application_id: applicationId, fields, purpose } = row
  const concerned = await ownHand(command, actor, () =>
    readConcerned(command, actor.communityId, { applicationId, fields }),
  )
  return { purpose, useId: applicationId, subjects: concerned.map((one) => one.subject_ref) }
}
