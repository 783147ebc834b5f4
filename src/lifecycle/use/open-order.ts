/** Opening an order opens its use: application, standing rule, grants — one command. Clauses 2.3, 4.2, 4.3, 4.5. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import { newId } from "../../platform/random.ts"
import { tag } from "../../vault/blind-index.ts"
import { contentTag } from "../../vault/content-tag.ts"
import { drawNonce } from "../../vault/keyring.ts"
import { sealRecord } from "../../vault/record.ts"
import { subjectRef } from "../../vault/subject-ref.ts"
import { fieldOf } from "../catalogue/field.ts"
import { type Kept, keptOf } from "../text/kept.ts"
import { type Intake, type Said, takeIn } from "./intake.ts"
import { findCaller, findHome, type HomeRow, type ResidentRow, writeOrderRecord } from "./intake-sql.ts"
import {
  type NewGrant,
  nextNumber,
  type Stamp,
  writeApplication,
  writeEvent,
  writeGrants,
  writeKept,
  writeOrder,
} from "./write-sql.ts"

/** What an order keeps is of this class, whatever it is about: a service record. Clause 1.3. */
export const orderClass = "service"

const dayMilliseconds = 86_400_000

export interface OrderAsked extends Said {
  readonly orderId: string
  readonly homeId: string
  readonly personId?: string | undefined
  readonly kept?: readonly Kept[] | undefined
}

/** Two that open the same order at the same moment meet at its key. */
const uniqueViolation = "23505"

/** Sent again with the same id, it changes nothing. An id of somebody else's order is refused as `thing.absent`. */
export async function openOrder(house: House, actor: Actor, asked: OrderAsked): Promise<void> {
  const intake = takeIn(house.regime(), asked)
  if (await isOpened(house, actor, asked.orderId)) return
  const kept = keptOf(asked.text, asked.kept ?? [])
  try {
    await openNew(house, actor, { asked: { ...asked, kept }, intake })
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error
    if (!(await isOpened(house, actor, asked.orderId))) throw new Refusal("thing.absent")
  }
}

async function isOpened(house: House, actor: Actor, orderId: string): Promise<boolean> {
  const known = await house.spine.database.read(
    actor.context,
    "select from app.work_order where community_id = $1 and order_id = $2",
    [actor.communityId, orderId],
  )
  return known.length > 0
}

async function openNew(
  house: House,
  actor: Actor,
  { asked, intake }: { asked: OrderAsked; intake: Intake },
): Promise<void> {
  // Not the client's order id: an id of the client's choosing could be a resident's, and the record would become theirs.
  const subjectId = newId(house.spine.clock())
  const name = { tenantId: actor.tenantId, communityId: actor.communityId, subjectId, class: orderClass }
  const index = await house.keyring.indexKey(actor.tenantId, actor.communityId)
  const phoneTag =
    intake.facts["phone"] === undefined
      ? undefined
      : tag(index, { community: actor.communityId, kind: "phone", value: intake.facts["phone"] })
  const [key] = await house.keyring.ensureDataKeys([name])
  if (key === undefined) throw new Refusal("server.sealed")
  await act(house.spine, actor, async (command) => {
    const home = await findHome(command, actor.communityId, asked.homeId)
    if (home === undefined) throw new Refusal("order.no_place")
    const caller = await callerOf(command, actor, { asked, phoneTag })
    const opening: Opening = {
      actor,
      asked,
      intake,
      home,
      caller,
      ref: caller?.subject_ref ?? subjectRef(key, subjectId),
      subjectId,
    }
    const place = {
      tenant: actor.tenantId,
      community: actor.communityId,
      subject: subjectId,
      name: orderClass,
      version: 1,
    }
    await writeOrderRecord(command, actor.communityId, {
      subjectId,
      class: orderClass,
      buildingId: home.building_id,
      sealed: sealRecord(key, { place, facts: intake.facts }, drawNonce),
      contentTag: contentTag(index, place, intake.facts),
      masks: Object.fromEntries(Object.entries(intake.masks).map(([field, shown]) => [field, [shown]])),
      purpose: intake.rule.purpose,
      at: new Date(command.now).toISOString(),
    })
    await record(command, opening, house.spine.regimeVersion())
  })
}

interface Opening {
  readonly actor: Actor
  readonly asked: OrderAsked
  readonly intake: Intake
  readonly home: HomeRow
  readonly caller: ResidentRow | undefined
  readonly ref: string
  /** Under which the order's own record lies. */
  readonly subjectId: string
}

async function callerOf(
  command: Command,
  actor: Actor,
  { asked, phoneTag }: { asked: OrderAsked; phoneTag: number | undefined },
): Promise<ResidentRow | undefined> {
  const caller = await findCaller(command, actor.communityId, {
    homeId: asked.homeId,
    personId: asked.personId ?? null,
    phoneTag: phoneTag ?? null,
  })
  if (asked.personId !== undefined && caller === undefined) throw new Refusal("thing.absent")
  if (phoneTag === undefined && caller?.masks["phone"] === undefined) throw new Refusal("order.no_phone")
  return caller
}

async function record(command: Command, opening: Opening, regimeVersion: number): Promise<void> {
  const { actor, asked, intake, home, caller, ref } = opening
  const by: Stamp = {
    communityId: actor.communityId,
    at: new Date(command.now).toISOString(),
    staffId: actor.staffId,
    post: actor.post,
  }
  const useId = command.newId()
  const [onFile] = caller?.masks["phone"] ?? []
  const [name] = caller?.masks["name"] ?? []
  await writeOrder(
    command,
    {
      ...asked,
      useId,
      number: await numberOf(command, actor.communityId, asked),
      buildingId: home.building_id,
      place: home.label,
      masks: { ...(onFile ? { phone: onFile } : {}), ...(name ? { name } : {}), ...intake.masks },
      personId: caller?.person_id ?? null,
      subjectRef: ref,
    },
    by,
  )
  await writeEvent(
    command,
    {
      eventId: command.newId(),
      orderId: asked.orderId,
      buildingId: home.building_id,
      kind: "opened",
      to: null,
    },
    by,
  )
  const use = { useId, orderId: asked.orderId, buildingId: home.building_id, subjectRef: ref, regimeVersion }
  const { purpose, fields, code } = intake.rule
  await writeApplication(command, { ...use, purpose, fields, rule: code }, by)
  await writeGrants(command, openingGrants(command, opening, useId), by)
  await recordKept(command, opening, by)
  command.trace({
    act: "order.open",
    clause: "4.3",
    purpose,
    useId,
    subjects: [ref],
    fields: Object.keys(intake.facts),
  })
}

/** What stays in the text against the guard's advice is written down with its reason. Clause 2.9. */
async function recordKept(command: Command, { asked, home, ref }: Opening, by: Stamp): Promise<void> {
  const kept = asked.kept ?? []
  if (kept.length === 0) return
  const rows = kept.map(({ kind, reason }) => ({ keptId: command.newId(), kind, reason }))
  await writeKept(command, { orderId: asked.orderId, buildingId: home.building_id, rows }, by)
  command.trace({
    act: "text.keep",
    clause: "2.9",
    subjects: [ref],
    fields: [...new Set(kept.map(({ kind }) => kind))],
  })
}

const prefix = { repair: "R", complaint: "C", parking: "P" } as const

/** `R20261123-0007`, counted by day in the house's zone. */
async function numberOf(command: Command, communityId: string, { kind }: OrderAsked): Promise<string> {
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(command.now)
  const count = await nextNumber(command, communityId, day)
  return `${prefix[kind]}${day.replaceAll("-", "")}-${String(count).padStart(4, "0")}`
}

/** To whoever took the call, and to the supervisor of the building. Managers are not among them. */
function openingGrants(command: Command, opening: Opening, useId: string): NewGrant[] {
  const toHandler = { grantee: opening.actor.staffId, granteePost: null }
  const toSupervisor = { grantee: null, granteePost: "supervisor" }
  return [toHandler, toSupervisor].flatMap((grantee) =>
    openedSubjects(opening).map((subject) => ({
      ...subject,
      ...grantee,
      grantId: command.newId(),
      useId,
      subjectRef: opening.ref,
      buildingId: opening.home.building_id,
      purpose: opening.intake.rule.purpose,
      until: new Date(command.now + opening.intake.rule.windowDays * dayMilliseconds).toISOString(),
    })),
  )
}

/** Which fields lie where: those the order itself holds, and the rest of the rule's in the records of the person on file. */
function openedSubjects({ subjectId, intake, caller }: Opening) {
  const own = Object.keys(intake.facts)
  const fromOrder = { subjectId, class: orderClass, fields: own }
  if (caller === undefined) return [fromOrder]
  const rest = intake.rule.fields.filter((field) => !own.includes(field) && caller.masks[field] !== undefined)
  const byClass = Map.groupBy(rest, (field) => fieldOf(field).class)
  return [
    fromOrder,
    ...[...byClass].map(([code, fields]) => ({ subjectId: caller.person_id, class: code, fields })),
  ]
}
