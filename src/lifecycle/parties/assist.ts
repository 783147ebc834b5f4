/** Assisting an authority: its request taken in, what it showed, the receipt for the copy. Clauses 4.11, 7.5. */

import { z } from "zod"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command, look } from "../../ledger/spine.ts"
import { applyForUse } from "../apply/apply.ts"
import type { LeavingForm } from "../catalogue/approval-shape.ts"
import type { FieldCode } from "../catalogue/field.ts"
import { mask } from "../catalogue/mask.ts"
import { sealFacts, unsealFacts } from "../export/seals.ts"
import { type AuthorityGround, maskOfficer, missingOf, type Officer, type Organ } from "./authority.ts"
import { findRequest, type RequestRow, writeReceipt, writeRequest } from "./authority-sql.ts"
import { endOf } from "./days.ts"
import type { Asked } from "./party-sql.ts"
import { listHomesOf } from "./scope-sql.ts"
import { openPaper, paperTypes, withPaper } from "./sealed-paper.ts"
import { askedBy, subjectsOf } from "./share.ts"

const assistPurpose = "authority_assist"
/** From its approval an authority's copy can be made for so long. */
const hours = 72

export interface Taken {
  readonly applicationId: string
  readonly organ: Organ
  readonly organName: string
  readonly documentNumber: string
  readonly ground?: AuthorityGround | undefined
  readonly officers: readonly Officer[]
  readonly paper?: string | undefined
  readonly homeIds: readonly string[]
  readonly fields: readonly FieldCode[]
  readonly form: LeavingForm
  readonly rows: number
  readonly secretUntil?: string | undefined
}

/** Throws what is missing. Sent again with the same id, it changes nothing. */
export async function takeRequest(house: House, actor: Actor, taken: Taken): Promise<void> {
  const { ground, paper } = taken
  const missing = missingOf({ ...taken, ground, hasPaper: paper !== undefined })
  if (missing !== undefined || ground === undefined || paper === undefined)
    throw new Refusal(missing ?? "authority.paper")
  const secretUntil = taken.secretUntil === undefined ? null : endOf(taken.secretUntil)
  if (secretUntil !== null && secretUntil <= house.spine.clock()) throw new Refusal("authority.secret_day")
  const homes = await homesOf(house, actor, taken)
  if (await isKnown(house, actor, taken.applicationId)) return
  const sealed = await sealFacts(
    house,
    { ...actor, subjectId: taken.applicationId },
    { officers: JSON.stringify(taken.officers) },
  )
  await withPaper(house, actor, {
    base64: paper,
    work: (file) =>
      applyForUse(house, actor, {
        applicationId: taken.applicationId,
        purpose: assistPurpose,
        requestNumber: taken.documentNumber,
        homeIds: homes.map((row) => row.home_id),
        personIds: [],
        fields: taken.fields,
        form: taken.form,
        hours,
        single: true,
        older: false,
        bind: (command) =>
          writeRequest(command, actor.communityId, {
            ...taken,
            ground,
            masks: taken.officers.map((one) => maskOfficer(one, mask("name", one.name))),
            sealed,
            paper: file,
            persons: taken.rows,
            secretUntil: secretUntil === null ? null : new Date(secretUntil).toISOString(),
            buildingIds: [...new Set(homes.map((row) => row.building_id))],
            applicant: actor.staffId,
            at: new Date(command.now).toISOString(),
          }),
      }),
  })
}

/** The least scope: homes one by one, and as many persons as were counted. */
async function homesOf(house: House, actor: Actor, { homeIds, rows }: Taken) {
  const wanted = { buildingIds: [], homeIds }
  const homes = await listHomesOf(askedBy(house, actor), actor.communityId, wanted)
  if (new Set(homes.flatMap((row) => row.persons)).size !== rows) throw new Refusal("export.count_changed")
  return homes
}

async function isKnown(house: House, actor: Actor, applicationId: string): Promise<boolean> {
  const now = new Date(house.spine.clock()).toISOString()
  const row = await findRequest(askedBy(house, actor), actor.communityId, { applicationId, now })
  if (row !== undefined && row.applicant !== actor.staffId) throw new Refusal("thing.absent")
  return row !== undefined
}

const officers = z.array(z.object({ name: z.string(), card: z.string() }))

export function showOfficers(house: House, actor: Actor, applicationId: string) {
  return look(house.spine, actor, async (reader) => {
    const row = await requestOf(reader, actor.communityId, applicationId)
    const facts = await unsealFacts(house, { ...actor, subjectId: applicationId }, row.sealed)
    if (facts === undefined) throw new Refusal("thing.absent")
    return {
      trace: { act: "authority.see_officers", clause: "4.11", purpose: assistPurpose, useId: applicationId },
      answer: { officers: officers.parse(JSON.parse(String(facts["officers"]))) },
      isPlain: true,
    }
  })
}

export function showRequestPaper(
  house: House,
  actor: Actor,
  { applicationId, which }: { applicationId: string; which: "document" | "receipt" },
): Promise<{ type: string; bytes: Buffer }> {
  return look(house.spine, actor, async (reader) => {
    const row = await requestOf(reader, actor.communityId, applicationId)
    const [fileId, kind] =
      which === "document" ? [row.paper_id, row.paper_kind] : [row.receipt_id, row.receipt_kind]
    if (fileId === null || kind === null) throw new Refusal("thing.absent")
    return {
      trace: { act: "authority.see_paper", clause: "4.11", purpose: assistPurpose, useId: applicationId },
      answer: { type: paperTypes[kind], bytes: await openPaper(house, actor, fileId) },
      isPlain: true,
    }
  })
}

/** By whoever took the request in, once the copy has gone. */
export async function keepReceipt(
  house: House,
  actor: Actor,
  { applicationId, paper }: { applicationId: string; paper: string },
): Promise<void> {
  const { communityId, staffId } = actor
  await withPaper(house, actor, {
    base64: paper,
    work: (file) =>
      act(house.spine, actor, async (command) => {
        const row = await requestOf(command, communityId, applicationId)
        if (row.applicant !== staffId) throw new Refusal("thing.absent")
        if (row.handed_at === null) throw new Refusal("authority.not_handed")
        const at = new Date(command.now).toISOString()
        if (!(await writeReceipt(command, communityId, { of: row, paper: file, at })))
          throw new Refusal("authority.receipted")
        const subjects = await subjectsOf(command, actor, applicationId)
        const trace = {
          act: "authority.receipt",
          clause: "4.11",
          purpose: assistPurpose,
          useId: applicationId,
        }
        command.trace({ ...trace, subjects, fields: row.fields })
      }),
  })
}

async function requestOf(
  asked: Asked & Pick<Command, "now">,
  communityId: string,
  applicationId: string,
): Promise<RequestRow> {
  const now = new Date(asked.now).toISOString()
  const row = await findRequest(asked, communityId, { applicationId, now })
  if (row === undefined) throw new Refusal("thing.absent")
  return row
}
