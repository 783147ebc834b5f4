/** Applications over HTTP, as people make, sign and use them. */

import { randomUUID } from "node:crypto"
import { type Reply, send, type TestStaff } from "./house.ts"
import { at, type Desk, done, hire, resident } from "./orders.ts"

export interface Wish {
  readonly applicationId?: string
  readonly purpose?: string
  readonly orderId?: string
  readonly requestNumber?: string
  readonly personIds?: readonly string[]
  readonly homeIds?: readonly string[]
  readonly fields?: readonly string[]
  readonly form?: string
  readonly hours?: number
  readonly single?: boolean
  readonly older?: boolean
}

/** For the phone of the first resident of building 1, on a written request. */
export function wishOf(desk: Desk, wish: Wish = {}) {
  const ground = wish.orderId === undefined ? { requestNumber: "物函〔2026〕12号" } : {}
  const subjects = wish.homeIds === undefined ? { personIds: [resident(desk, "1").personId] } : {}
  return {
    applicationId: randomUUID(),
    purpose: "move_in",
    fields: ["phone"],
    hours: 8,
    ...ground,
    ...subjects,
    ...wish,
  }
}

export function tryApply(desk: Desk, as: TestStaff, wish: Wish = {}): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, "/applications")}`, { as, body: wishOf(desk, wish) })
}

/** Applies; throws when it is refused. */
export async function applyAs(desk: Desk, as: TestStaff, wish: Wish = {}): Promise<string> {
  return String(done(await tryApply(desk, as, wish)).body["applicationId"])
}

export function approve(desk: Desk, as: TestStaff, id: string, narrower: object = {}): Promise<Reply> {
  const body = { verdict: "approved", ...narrower }
  return send(desk.test, `POST ${at(desk, `/applications/${id}/sign`)}`, { as, body })
}

export function deny(desk: Desk, as: TestStaff, id: string, reason = "not_needed"): Promise<Reply> {
  const body = { verdict: "refused", reason }
  return send(desk.test, `POST ${at(desk, `/applications/${id}/sign`)}`, { as, body })
}

export function end(desk: Desk, as: TestStaff, id: string): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/applications/${id}/end`)}`, { as, body: {} })
}

export function lookUnder(
  desk: Desk,
  as: TestStaff,
  {
    id,
    personId = resident(desk, "1").personId,
    field = "phone",
  }: { id: string; personId?: string; field?: string },
): Promise<Reply> {
  const body = { personId, field }
  return send(desk.test, `POST ${at(desk, `/applications/${id}/look`)}`, { as, body })
}

export function readApplication(desk: Desk, as: TestStaff, id: string): Promise<Reply> {
  return send(desk.test, `GET ${at(desk, `/applications/${id}`)}`, { as })
}

export interface Duty {
  readonly post: string
  readonly forStaff: string
  readonly deputy: string
  readonly from?: number
  readonly until?: number
}

const hour = 3_600_000

export function setDuty(desk: Desk, as: TestStaff, duty: Duty): Promise<Reply> {
  const now = Date.now() + desk.test.time.ahead
  const { from = now - 1_000, until = now + 8 * hour } = duty
  const body = {
    ...duty,
    dutyId: randomUUID(),
    from: new Date(from).toISOString(),
    until: new Date(until).toISOString(),
  }
  return send(desk.test, `POST ${at(desk, "/duties")}`, { as, body })
}

export interface Office {
  readonly clerk: TestStaff
  readonly supervisor: TestStaff
  readonly archivist: TestStaff
  readonly manager: TestStaff
  readonly officer: TestStaff
}

/** One of each post that has a part in an application. */
export async function staffOffice(desk: Desk): Promise<Office> {
  return {
    clerk: await hire(desk, "clerk", ["1"]),
    supervisor: await hire(desk, "supervisor", ["1", "2"]),
    archivist: await hire(desk, "archivist"),
    manager: await hire(desk, "manager"),
    officer: await hire(desk, "privacy_officer"),
  }
}

/** Noon in the house's zone: no rule of the night asks for more. */
export function setToNoon(desk: Desk): void {
  const now = Date.now()
  const day = 24 * hour
  const noon = Math.floor(now / day) * day + 4 * hour
  desk.test.time.ahead = (noon <= now ? noon + day : noon) - now
}
