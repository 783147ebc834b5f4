/** Giving something to a third party: applied for, told, and proven to be gone. Clause 4.10. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command, look } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import { applyForUse } from "../apply/apply.ts"
import { ownHand } from "../apply/hand.ts"
import { beginTelling } from "../apply/leaving.ts"
import type { HandingForm } from "../catalogue/approval-shape.ts"
import { refuseUnshareable } from "../catalogue/assessed-sharing.ts"
import type { FieldCode } from "../catalogue/field.ts"
import { endOf, startOf } from "./days.ts"
import { shareRefusal, sharingStateOf } from "./party.ts"
import { type Asked, areOnePerson } from "./party-sql.ts"
import { known } from "./register.ts"
import { listHomesOf, readSubjects } from "./scope-sql.ts"
import { openPaper, paperTypes, type TakenPaper, withPaper } from "./sealed-paper.ts"
import {
  findSharing,
  lockSharing,
  type ProofRow,
  type SharingRow,
  writeLeft,
  writeProof,
  writeProofAnswer,
  writeSharing,
} from "./sharing-sql.ts"
import { contractOf, sharingFacts } from "./views.ts"

const uniqueViolation = "23505"

export interface Wish {
  readonly applicationId: string
  readonly partyId: string
  readonly purpose: string
  readonly fields: readonly FieldCode[]
  readonly form: HandingForm
  readonly buildingIds: readonly string[]
  readonly homeIds: readonly string[]
  readonly hours: number
  readonly keepUntil: string
  readonly rows: number
}

/** The register is asked before the application is written, and by the database when it is. */
export async function applyForSharing(house: House, actor: Actor, wish: Wish): Promise<void> {
  const { communityId } = actor
  const asked = askedBy(house, actor)
  const party = await known(asked, communityId, wish.partyId)
  const keepUntil = endOf(wish.keepUntil)
  const { purpose, fields } = wish
  const refusal = shareRefusal(
    { ...contractOf(party), scope: party.scope },
    { purpose, fields, keepUntil },
    house.spine.clock(),
  )
  if (refusal !== undefined) throw new Refusal(refusal)
  await refuseUnshareable(house, [{ purpose, fields }])
  const homes = await listHomesOf(asked, communityId, wish)
  const persons = new Set(homes.flatMap((row) => row.persons)).size
  if (persons !== wish.rows) throw new Refusal("export.count_changed")
  await applyForUse(house, actor, {
    ...wish,
    homeIds: homes.map((row) => row.home_id),
    personIds: [],
    requestNumber: party.contract_number,
    single: true,
    older: false,
    bind: (command) =>
      writeSharing(command, communityId, {
        applicationId: wish.applicationId,
        partyId: wish.partyId,
        purpose,
        keepUntil: new Date(keepUntil).toISOString(),
        persons,
        applicant: actor.staffId,
        at: new Date(command.now).toISOString(),
      }),
  })
}

/** Step 3 of what was told or written down: as many persons and fields as were granted. */
export async function registerLeft(
  { spine }: House,
  actor: Actor,
  { applicationId, how }: { applicationId: string; how: "told" | "paper" },
): Promise<void> {
  const { communityId, staffId } = actor
  await act(spine, actor, async (command) => {
    await sharingOf(command, communityId, applicationId)
    const { persons, fields, purpose } = await beginTelling(command, actor, applicationId)
    const at = new Date(command.now).toISOString()
    const left = { applicationId, how, persons: persons.length, fields, by: staffId, at }
    if (!(await writeLeft(command, communityId, left))) throw new Refusal("sharing.left_before")
    const subjects = await subjectsOf(command, actor, applicationId)
    command.trace({
      act: "sharing.left",
      clause: "4.10",
      purpose,
      useId: applicationId,
      subjects,
      fields: [...fields],
    })
  })
}

export interface Shown {
  readonly applicationId: string
  readonly proofId: string
  readonly kind: "returned" | "deleted"
  readonly day: string
  readonly paper?: string | undefined
}

/** Sent again with the same id, it changes nothing: one waits already. */
export async function recordProof(house: House, actor: Actor, shown: Shown): Promise<void> {
  if (shown.paper === undefined) return keepProof(house, actor, { shown, taken: null })
  await withPaper(house, actor, {
    base64: shown.paper,
    work: (taken) => keepProof(house, actor, { shown, taken }),
  })
}

async function keepProof(
  house: House,
  actor: Actor,
  { shown, taken }: { shown: Shown; taken: TakenPaper | null },
): Promise<void> {
  const { communityId, staffId } = actor
  const kept = act(house.spine, actor, async (command) => {
    const { applicationId, proofId, kind, day } = shown
    await lockSharing(command, communityId, applicationId)
    const row = await sharingOf(command, communityId, applicationId)
    if (row.proofs.some((one) => one.proofId === proofId)) throw new Refusal("sharing.proof_waits")
    refuseProof(row, day, command.now)
    const at = new Date(command.now).toISOString()
    const fileId = taken?.fileId ?? null
    const proof = { proofId, kind, day, fileId, fileKind: taken?.kind ?? null, by: staffId, at }
    await writeProof(command, communityId, { of: row, proof })
    await trace(command, actor, { row, act: "sharing.prove" })
  })
  await kept.catch((error: unknown) => {
    // The id of another sharing's proof, which they may not even see.
    throw sqlState(error) === uniqueViolation ? new Refusal("thing.absent") : error
  })
}

function refuseProof(row: SharingRow, day: string, now: number): void {
  const state = sharingStateOf(sharingFacts(row))
  if (state === "archived") throw new Refusal("sharing.archived")
  if (state === "proving") throw new Refusal("sharing.proof_waits")
  if (state !== "left") throw new Refusal("sharing.not_left")
  if (startOf(day) > now || endOf(day) <= (row.left_at?.getTime() ?? 0)) throw new Refusal("sharing.day")
}

/** Step 4. Accepted by a second person, it is archived; refused, it stays out. */
export async function answerProof(
  { spine }: House,
  actor: Actor,
  {
    applicationId,
    proofId,
    verdict,
  }: { applicationId: string; proofId: string; verdict: "accepted" | "refused" },
): Promise<void> {
  const { communityId, staffId } = actor
  await act(spine, actor, async (command) => {
    await lockSharing(command, communityId, applicationId)
    const row = await sharingOf(command, communityId, applicationId)
    const proof = proofOf(row, proofId)
    const recorder = proof.by.staffId
    const isSelf = recorder === staffId || (await areOnePerson(command, recorder, staffId ?? ""))
    if (isSelf) throw new Refusal("sharing.own_proof")
    const at = new Date(command.now).toISOString()
    const isFirst = await writeProofAnswer(command, communityId, { of: row, proof, verdict, by: staffId, at })
    if (!isFirst) throw new Refusal("sharing.archived")
    await trace(command, actor, { row, act: verdict === "accepted" ? "sharing.archive" : "sharing.doubt" })
  })
}

export function showProof(
  house: House,
  actor: Actor,
  { applicationId, proofId }: { applicationId: string; proofId: string },
): Promise<{ type: string; bytes: Buffer }> {
  return look(house.spine, actor, async (reader) => {
    const row = await sharingOf(reader, actor.communityId, applicationId)
    const { fileId, fileKind } = proofOf(row, proofId)
    if (fileId === null || fileKind === null) throw new Refusal("thing.absent")
    const { purpose } = row
    return {
      trace: { act: "sharing.see_proof", clause: "4.10", purpose, useId: applicationId },
      answer: { type: paperTypes[fileKind], bytes: await openPaper(house, actor, fileId) },
      isPlain: true,
    }
  })
}

function proofOf(row: SharingRow, proofId: string): ProofRow {
  const proof = row.proofs.find((one) => one.proofId === proofId)
  if (proof === undefined) throw new Refusal("thing.absent")
  return proof
}

type Reading = Asked & Pick<Command, "now">

async function sharingOf(asked: Reading, communityId: string, applicationId: string): Promise<SharingRow> {
  const now = new Date(asked.now).toISOString()
  const row = await findSharing(asked, communityId, { applicationId, now })
  if (row === undefined) throw new Refusal("thing.absent")
  return row
}

async function trace(command: Command, actor: Actor, { row, act: name }: { row: SharingRow; act: string }) {
  const { application_id: useId, purpose, fields } = row
  const subjects = await subjectsOf(command, actor, useId)
  command.trace({ act: name, clause: "4.10", purpose, useId, subjects, fields })
}

export function subjectsOf(command: Command, actor: Actor, applicationId: string): Promise<string[]> {
  return ownHand(command, actor, () => readSubjects(command, actor.communityId, applicationId))
}

export function askedBy({ spine }: House, actor: Actor): Asked {
  return { query: (text, values) => spine.database.read(actor.context, text, values ?? []) }
}
