/** Forms at the desk: typed in by a clerk, or sent in by a phone and then accepted or rejected. Clauses 2.3, 2.5, 2.8. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import { newId } from "../../platform/random.ts"
import { carryConsents } from "../consent/record-consent.ts"
import type { ResidenceRole } from "../store/contract.ts"
import { valuesOf } from "../store/roster.ts"
import {
  type Agreeing,
  prepareAgreed,
  recordForPerson,
  recordForSubject,
  type Sheet,
  unconsented,
} from "./agree.ts"
import type { ChannelCode } from "./channel.ts"
import { asked, passChannel } from "./channel-gate.ts"
import { deliver, type Outcome, outcomeOf } from "./deliver.ts"
import { type Filled, fill, type Said } from "./filled.ts"
import { type Form, formOf, within } from "./form.ts"
import { withoutUnconsented } from "./form-consent.ts"
import { atTheDesk, openForm, sealForm } from "./seal-form.ts"
import { findSheet } from "./sheet-sql.ts"
import {
  dropFormRecord,
  type FoundHome,
  findHome,
  readSubmission,
  type SubmissionRow,
  writeSubmission,
  writeVerdict,
} from "./submission-sql.ts"
import { sheetNumber } from "./views.ts"

const uniqueViolation = "23505"

export interface DeskForm extends Said {
  readonly consent?: Agreeing | undefined
  readonly submissionId: string
  readonly purpose: string
  /** Number of the sheet it was written on. */
  readonly sheet: number | null
  readonly role: ResidenceRole
}

export interface Placed {
  readonly form: Form
  readonly filled: Filled
  readonly home: FoundHome | undefined
}

/**
 * What was said, held against matrix and channel, in its home.
 * @throws Refusal of `fill` and `pass`; `form.purpose_unknown`, `form.home_unknown`
 */
export async function readForm(
  house: House,
  actor: Actor,
  { said, purpose, channel }: { said: Said; purpose: string; channel: ChannelCode },
): Promise<Placed> {
  const form = formOf(house.regime(), purpose)
  if (form === undefined) throw new Refusal("form.purpose_unknown")
  const filled = withoutUnconsented(house.regime(), form, fill(form, said))
  await passChannel(house, actor, { channel, purpose, fields: filled.fields })
  if (filled.home === undefined) return { form, filled, home: undefined }
  const home = await findHome(asked(house, actor), actor.communityId, filled.home)
  if (home === undefined) throw new Refusal("form.home_unknown")
  return { form, filled, home }
}

/** Sent again with the same id, it changes nothing. */
export async function takeDeskForm(house: House, actor: Actor, typed: DeskForm): Promise<Outcome> {
  const channel = typed.sheet === null ? "desk" : "paper"
  const placed = await readForm(house, actor, { said: typed, purpose: typed.purpose, channel })
  const sheet = await sheetOf(house, actor, typed)
  if (placed.home === undefined && actor.context.buildings !== "*") throw new Refusal("form.whole_community")
  const known = await readSubmission(asked(house, actor), actor.communityId, typed.submissionId)
  const { facts } = placed.filled
  const homeId = placed.home?.home_id ?? null
  if (known !== undefined) return outcomeOf({ purpose: typed.purpose, homeId, facts })
  return record(house, actor, { typed, placed, channel, sheet }).catch((error: unknown) => {
    // A sheet is entered once; an id that is somebody else's is no form of one's own.
    if (sqlState(error) !== uniqueViolation) throw error
    throw new Refusal(typed.sheet === null ? "thing.absent" : "form.sheet_entered")
  })
}

interface Recording {
  readonly typed: DeskForm
  readonly placed: Placed
  readonly channel: "desk" | "paper"
  readonly sheet: Sheet | undefined
}

async function record(
  house: House,
  actor: Actor,
  { typed, placed, channel, sheet }: Recording,
): Promise<Outcome> {
  const { form, filled, home } = placed
  const homeId = home?.home_id ?? null
  const buildingId = home?.building_id ?? null
  const isKept = outcomeOf({ purpose: typed.purpose, homeId, facts: filled.facts }) === "kept"
  const sealed = isKept ? await sealForm(house, actor, { filled, channel, buildingId }) : undefined
  const agreed = await prepareAgreed(house, actor, {
    form,
    filled,
    agreeing: typed.consent,
    channel,
    sheet,
  })
  const subjectId = sealed?.subjectId ?? newId(house.spine.clock())
  const delivery = { ...typed, channel, homeId, facts: filled.facts, doubts: filled.doubts }
  return deliver(house, actor, {
    delivery,
    beside: async (command, outcome, personId) => {
      await writeRow(command, actor, {
        placed,
        submissionId: typed.submissionId,
        subjectId,
        channel,
        sheet: typed.sheet,
      })
      await sealed?.write(command)
      if (personId !== undefined)
        await recordForPerson(command, actor, { personId, agreed, regime: house.regime() })
      else if (sealed !== undefined) {
        const buildingIds = buildingId === null ? [] : [buildingId]
        const subject = { personId: sealed.subjectId, ref: sealed.ref, buildingIds }
        await recordForSubject(command, actor, { subject, agreed })
      }
      await accept(command, actor, { submissionId: typed.submissionId, buildingId, outcome })
    },
  })
}

export interface NewRow {
  readonly placed: Placed
  readonly submissionId: string
  readonly subjectId: string
  readonly channel: ChannelCode
  readonly sheet?: number | null
  readonly linkId?: string
}

export function writeRow(command: Command, actor: Actor, row: NewRow): Promise<void> {
  const { filled, home } = row.placed
  return writeSubmission(command, actor.communityId, {
    submissionId: row.submissionId,
    subjectId: row.subjectId,
    purpose: filled.purpose,
    channel: row.channel,
    linkId: row.linkId ?? null,
    sheet: row.sheet ?? null,
    buildingId: home?.building_id ?? null,
    homeId: home?.home_id ?? null,
    place: home?.label ?? null,
    fields: filled.fields,
    agreed: filled.agreed,
    features: filled.features,
    regimeVersion: filled.regimeVersion,
    takenBy: actor.staffId,
    at: new Date(command.now).toISOString(),
  })
}

/** A sheet names its form, and is entered once. */
async function sheetOf(house: House, actor: Actor, { sheet, purpose }: DeskForm): Promise<Sheet | undefined> {
  if (sheet === null) return undefined
  const found = await findSheet(asked(house, actor), actor.communityId, sheet)
  if (found === undefined || found.purpose !== purpose) throw new Refusal("form.sheet_unknown")
  return { number: sheetNumber(actor.communityId, sheet), printedAt: found.at }
}

/** Takes a form that a phone sent in into the roster, into an order, or keeps it. */
export async function acceptForm(
  house: House,
  actor: Actor,
  { submissionId, role }: { submissionId: string; role: ResidenceRole },
): Promise<Outcome> {
  const desk = atTheDesk(actor)
  const row = await waiting(house, desk, submissionId)
  const form = formOf(house.regime(), row.purpose)
  if (form === undefined) throw new Refusal("form.purpose_unknown")
  const opened = await openForm(house, desk, row)
  const values = Object.fromEntries(
    Object.entries(opened).map(([field, value]) => [field, valuesOf(value)[0] ?? ""]),
  )
  // The home lies in the row; what the regime no longer takes, or was not consented to, is left behind.
  const asks = within(form, Object.keys(values)).fields.map(({ code }) => code)
  const open = await unconsented(house, desk, { form, row })
  const facts = Object.fromEntries(
    Object.entries(values).filter(([code]) => asks.some((one) => one === code) && !open.includes(code)),
  )
  const { purpose, channel, home_id: homeId, building_id: buildingId } = row
  const delivery = { submissionId, purpose, channel, homeId, facts, doubts: [], role }
  return deliver(house, desk, {
    delivery,
    beside: async (command, outcome, personId) => {
      if (personId !== undefined)
        await carryConsents(command, desk, { from: row.subject_id, to: personId, regime: house.regime() })
      await accept(command, actor, { submissionId, buildingId, outcome })
      if (outcome !== "kept") await dropFormRecord(command, actor.communityId, row.subject_id)
    },
  })
}

async function accept(
  command: Command,
  actor: Actor,
  {
    submissionId,
    buildingId,
    outcome,
  }: { submissionId: string; buildingId: string | null; outcome: Outcome },
): Promise<void> {
  await writeVerdict(command, actor.communityId, {
    submissionId,
    buildingId,
    verdict: "accepted",
    reason: null,
    outcome,
    by: actor.staffId ?? "",
    post: actor.post,
    at: new Date(command.now).toISOString(),
  })
}

/** Its record goes at once: what was rejected is not kept. */
export async function rejectForm(
  house: House,
  actor: Actor,
  { submissionId, reason }: { submissionId: string; reason: string },
): Promise<void> {
  const desk = atTheDesk(actor)
  const row = await waiting(house, desk, submissionId)
  await act(house.spine, desk, async (command) => {
    await writeVerdict(command, actor.communityId, {
      submissionId,
      buildingId: row.building_id,
      verdict: "rejected",
      reason,
      outcome: null,
      by: actor.staffId ?? "",
      post: actor.post,
      at: new Date(command.now).toISOString(),
    })
    await dropFormRecord(command, actor.communityId, row.subject_id)
    command.trace({ act: "form.reject", clause: "2.3", purpose: row.purpose, fields: row.fields })
  })
}

async function waiting(house: House, desk: Actor, submissionId: string): Promise<SubmissionRow> {
  const row = await readSubmission(asked(house, desk), desk.communityId, submissionId)
  if (row === undefined) throw new Refusal("thing.absent")
  if (row.verdict !== null) throw new Refusal("form.decided")
  return row
}
