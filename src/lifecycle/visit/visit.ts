/** From a link to a repairer at work: made, opened by its device, used, refused to others. Clause 4.6. */

import { createHash, timingSafeEqual } from "node:crypto"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import type { Context } from "../../platform/context.ts"
import { random } from "../../platform/random.ts"
import { decideLink, type LinkState, linkText, parseLinkText } from "./link.ts"
import { raiseIncident } from "./raise-incident.ts"
import {
  type LinkRow,
  lockedOrder,
  type OrderOfVisit,
  readLink,
  readLinksOf,
  writeLink,
  writeStep,
} from "./sql.ts"

/** A link that nobody uses ends after so long, whatever becomes of the order. */
const validMilliseconds = 7 * 86_400_000

export interface Visit {
  readonly link: LinkRow
  /** The repairer, with what a repairer may see. */
  readonly actor: Actor
}

/** Whoever was sent a link before loses it. Throws `visit.no_repairer` when the order is not with a repairer. */
export async function makeLink(
  house: House,
  actor: Actor,
  asked: { orderId: string; window: { from: string; until: string } | undefined },
): Promise<{ text: string; validUntil: string }> {
  const secret = Buffer.from(random(24)).toString("base64url")
  return act(house.spine, actor, async (command) => {
    const order = await lockedOrder(command, actor.communityId, asked.orderId)
    const assignee = refuseWithoutRepairer(order)
    const at = new Date(command.now).toISOString()
    for (const former of await readLinksOf(command, actor.communityId, { orderId: asked.orderId, at })) {
      if (!former.ended)
        await writeStep(command, actor.communityId, {
          link: former,
          stepId: command.newId(),
          step: "ended",
          at,
        })
    }
    const linkId = command.newId()
    const validUntil = new Date(command.now + validMilliseconds).toISOString()
    await writeLink(command, actor.communityId, {
      linkId,
      orderId: asked.orderId,
      useId: assignee.order.use_id,
      buildingId: assignee.order.building_id,
      assignee: assignee.staffId,
      secretHash: hashOf(secret),
      window: asked.window,
      validUntil,
      by: { staffId: actor.staffId ?? "", post: actor.post },
      at,
    })
    const { purpose, use_id: useId, subject_ref: subject } = assignee.order
    command.trace({ act: "visit.link", clause: "4.6", purpose, useId, subjects: [subject] })
    return { text: linkText({ communityId: actor.communityId, linkId, secret }), validUntil }
  })
}

function refuseWithoutRepairer(order: OrderOfVisit | undefined): { order: OrderOfVisit; staffId: string } {
  if (order === undefined) throw new Refusal("thing.absent")
  if (order.closed_at !== null) throw new Refusal("order.closed")
  if (order.assignee === null || order.assignee_post !== "repairer") throw new Refusal("visit.no_repairer")
  return { order, staffId: order.assignee }
}

/** Opens a link. Unknown, wrong and dead are one refusal. Throws `visit.dead`, `visit.other_device`. */
export async function enter(
  house: House,
  { text, device }: { text: string; device: string },
): Promise<Visit> {
  const token = parseLinkText(text)
  if (token === undefined) throw new Refusal("visit.dead")
  const link = await findLink(house, token)
  if (link === undefined || !timingSafeEqual(link.secret_hash, hashOf(token.secret)))
    throw new Refusal("visit.dead")
  return admit(house, { link, communityId: token.communityId, device })
}

/** Goes on with a link that this device has opened. Throws as `enter` does. */
export async function goOn(
  house: House,
  asked: { communityId: string; linkId: string; device: string | undefined },
): Promise<Visit> {
  const { communityId, device } = asked
  const link = device === undefined ? undefined : await findLink(house, asked)
  // Without the link's secret a device can only be the one that opened it: to all others there is none.
  const holder = link?.device_hash ?? undefined
  if (link === undefined || device === undefined || holder?.equals(hashOf(device)) !== true)
    throw new Refusal("visit.dead")
  return admit(house, { link, communityId, device })
}

/** Read by the server's own hand: nobody is known before the link is. Staff are shown to whoever is named, so the link is. */
function findLink(
  { spine }: House,
  { communityId, linkId }: { communityId: string; linkId: string },
): Promise<LinkRow | undefined> {
  const context: Context = {
    communities: communityId,
    buildings: "*",
    classes: "",
    posts: "manager",
    actor: linkId,
  }
  const query = <Row extends object>(sql: string, values: readonly unknown[] = []) =>
    spine.database.read<Row>(context, sql, values)
  return readLink({ query }, communityId, { linkId, at: new Date(spine.clock()).toISOString() })
}

interface Caller {
  readonly link: LinkRow
  readonly communityId: string
  readonly device: string
}

async function admit(house: House, caller: Caller): Promise<Visit> {
  const { link, communityId, device } = caller
  const visit: Visit = { link, actor: repairerOf(communityId, link) }
  const deviceHash = hashOf(device)
  const asked = { device: deviceHash.toString("base64"), now: house.spine.clock() }
  switch (decideLink(stateOf(link), asked)) {
    case "dead":
      throw new Refusal("visit.dead")
    case "open":
      return visit
    case "first_opening":
      return openFirst(house, visit, deviceHash)
    case "other_device":
      return refuseOther(house, visit, deviceHash)
  }
}

async function openFirst(house: House, visit: Visit, deviceHash: Buffer): Promise<Visit> {
  const { link, actor } = visit
  const isFirst = await act(house.spine, actor, async (command) => {
    const step = {
      stepId: command.newId(),
      step: "opened" as const,
      deviceHash,
      at: new Date(command.now).toISOString(),
    }
    command.trace(traceOf(visit, "visit.open"))
    return writeStep(command, actor.communityId, { ...step, link })
  })
  // Two at the same moment: the database took one of them.
  return isFirst ? visit : refuseOther(house, visit, deviceHash)
}

async function refuseOther(house: House, visit: Visit, deviceHash: Buffer): Promise<never> {
  const { link, actor } = visit
  await act(house.spine, actor, async (command) => {
    const at = new Date(command.now).toISOString()
    const step = { stepId: command.newId(), step: "other_device" as const, deviceHash, at }
    const isNews = await writeStep(command, actor.communityId, { ...step, link })
    if (isNews) {
      await raiseIncident(command, actor.communityId, {
        incidentId: command.newId(),
        about: { kind: "other_device", orderId: link.order_id },
        buildingId: link.building_id,
        assignee: link.assignee,
        at,
      })
    }
    command.trace({ ...traceOf(visit, "visit.open"), outcome: "refused" })
  })
  throw new Refusal("visit.other_device")
}

export function traceOf({ link }: Visit, act: string) {
  return { act, clause: "4.6", purpose: link.purpose, useId: link.use_id, subjects: [link.subject_ref] }
}

/** Acts as the repairer it was made for: one natural person, as everywhere. Clause 4.1. */
function repairerOf(communityId: string, link: LinkRow): Actor {
  return {
    communityId,
    tenantId: link.tenant_id,
    staffId: link.assignee,
    post: "repairer",
    client: "visit",
    context: {
      communities: communityId,
      buildings: "",
      classes: "",
      posts: "repairer",
      actor: link.assignee,
    },
  }
}

export function stateOf(link: LinkRow): LinkState {
  return {
    assignee: link.assignee,
    validUntil: link.valid_until.getTime(),
    orderAssignee: link.order_assignee,
    isOrderClosed: link.closed_at !== null,
    isEnded: link.ended || !link.employed,
    device: link.device_hash?.toString("base64") ?? null,
  }
}

export function windowOf({ visit_from: from, visit_until: until }: LinkRow) {
  return from === null || until === null ? null : { from: from.toISOString(), until: until.toISOString() }
}

/** A value that tells this browser from others, and nothing about it. */
export function newDevice(): string {
  return Buffer.from(random(32)).toString("base64url")
}

function hashOf(text: string): Buffer {
  return createHash("sha256").update(text).digest()
}
