/** The repairer's page: no log-in, one order, one device. Clause 4.6. */

import "@fastify/cookie"
import type { FastifyReply, FastifyRequest } from "fastify"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import type { CallBridge } from "../../platform/call-bridge.ts"
import type { Http } from "../../platform/http.ts"
import { parseField } from "../catalogue/parse.ts"
import { textField } from "../use/intake.ts"
import { lookAtField } from "../use/look.ts"
import { closeOrder } from "../use/order-acts.ts"
import { takePhoto } from "./album.ts"
import * as contract from "./contract.ts"
import { listPhotos, runningCalls, writeStep } from "./sql.ts"
import { enter, goOn, newDevice, traceOf, type Visit, windowOf } from "./visit.ts"

const deviceCookie = "hudun_visit"
const callMilliseconds = 30 * 60_000

export interface PageDesk {
  /** Cookies go over TLS only. */
  readonly secure: boolean
  readonly bridge: CallBridge | undefined
}

export function visitPageRoutes(http: Http, house: House, desk: PageDesk): void {
  http.on(contract.enterVisit, async ({ body, request, reply }) => {
    const device = deviceOf(request) ?? newDevice()
    const visit = await enter(house, { text: body.link, device })
    keepDevice(reply, device, desk)
    return pageOf(house, visit, desk)
  })

  http.on(contract.lookOnVisit, async ({ params, request }) => {
    const visit = await goOn(house, { ...params, device: deviceOf(request) })
    if (desk.bridge !== undefined) throw new Refusal("visit.call_instead")
    const shown = await lookAtField(house, visit.actor, { useId: visit.link.use_id, field: "phone" })
    return { values: [...shown.values], seconds: shown.seconds }
  })

  http.on(contract.finishVisit, async ({ params, request }) => {
    const visit = await goOn(house, { ...params, device: deviceOf(request) })
    await closeOrder(house, visit.actor, visit.link.order_id)
    await hangUp(house, visit, desk)
    return { done: true as const }
  })

  workRoutes(http, house, desk)
}

function workRoutes(http: Http, house: House, desk: PageDesk): void {
  http.on(contract.callOnVisit, async ({ params, body, request }) => {
    const visit = await goOn(house, { ...params, device: deviceOf(request) })
    const { bridge } = desk
    if (bridge === undefined) throw new Refusal("bridge.none")
    const from = parseField("phone", body.from)
    if (from.kind !== "value") throw new Refusal("order.phone_invalid", { field: "phone" })
    return arrangeCall(house, visit, { bridge, from: from.value })
  })

  http.on(contract.addPhoto, async ({ params, request }) => {
    const visit = await goOn(house, { ...params, device: deviceOf(request) })
    return takePhoto(house, visit, await photoIn(request))
  })
}

/** The number leaves the vault for the bridge, so this is a look like any other; then the two can talk. */
async function arrangeCall(
  house: House,
  visit: Visit,
  { bridge, from }: { bridge: CallBridge; from: string },
): Promise<{ number: string; until: string }> {
  const { link, actor } = visit
  const { values } = await lookAtField(house, actor, { useId: link.use_id, field: "phone" })
  const [to] = values
  if (to === undefined) throw new Refusal("thing.absent")
  const until = new Date(house.spine.clock() + callMilliseconds)
  const bound = await bridge.bind({ from, to, until })
  await act(house.spine, actor, async (command) => {
    const call = { ...bound, until: until.toISOString() }
    const step = {
      stepId: command.newId(),
      step: "called" as const,
      call,
      at: new Date(command.now).toISOString(),
    }
    await writeStep(command, actor.communityId, { ...step, link })
    command.trace({ ...traceOf(visit, "visit.call"), fields: ["phone"] })
  })
  return { number: bound.number, until: until.toISOString() }
}

/** What the bridge does not take back in time ends there by itself, half an hour after it was made. */
async function hangUp({ spine }: House, { link, actor }: Visit, { bridge }: PageDesk): Promise<void> {
  if (bridge === undefined) return
  const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    spine.database.read<Row>(actor.context, text, values)
  const at = new Date(spine.clock()).toISOString()
  const calls = await runningCalls({ query }, actor.communityId, { orderId: link.order_id, at })
  await Promise.allSettled(calls.map((call) => bridge.release(call)))
}

async function pageOf(house: House, visit: Visit, desk: PageDesk) {
  const { link, actor } = visit
  const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
    house.spine.database.read<Row>(actor.context, text, values)
  const photos = await listPhotos({ query }, actor.communityId, link.order_id)
  const hasPhone = link.masks["phone"] !== undefined
  return {
    communityId: actor.communityId,
    linkId: link.link_id,
    number: link.number,
    kind: link.kind,
    place: link.place,
    name: link.masks["name"] ?? null,
    text: await textOf(house, visit),
    window: windowOf(link),
    validUntil: link.valid_until.toISOString(),
    repairer: link.repairer,
    contact: !hasPhone
      ? ("none" as const)
      : desk.bridge === undefined
        ? ("look" as const)
        : ("bridge" as const),
    photos: photos.length,
  }
}

const waits = new Set(["mirror.down", "ledger.stopped", "ledger.clock_back"])

/** The page is of use without its text while plain text may not leave. Clause 3.11. */
async function textOf(house: House, { link, actor }: Visit): Promise<string | null> {
  try {
    const shown = await lookAtField(house, actor, { useId: link.use_id, field: textField(link.kind) })
    return shown.values[0] ?? null
  } catch (error) {
    if (error instanceof Refusal && waits.has(error.code)) return null
    throw error
  }
}

function deviceOf(request: FastifyRequest): string | undefined {
  const device = request.cookies[deviceCookie]
  return device !== undefined && /^[A-Za-z0-9_-]{43}$/.test(device) ? device : undefined
}

/** For as long as a link lives; out of reach of scripts, and sent to this page's own addresses only. */
function keepDevice(reply: FastifyReply, device: string, { secure }: PageDesk): void {
  void reply.setCookie(deviceCookie, device, {
    path: "/api/visit",
    httpOnly: true,
    sameSite: "strict",
    secure,
    maxAge: 7 * 86_400,
  })
}

async function photoIn(request: FastifyRequest): Promise<Buffer> {
  const part = request.isMultipart() ? await request.file({ limits: { fileSize: 10_000_000 } }) : undefined
  if (part === undefined) throw new Refusal("request.malformed", { field: "file" })
  return part.toBuffer()
}
