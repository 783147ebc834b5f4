/** A desk at work: a community with households, and orders taken in, handed on and closed over HTTP. */

import { randomUUID } from "node:crypto"
import type pg from "pg"
import type { Post } from "../src/duty/people/post.ts"
import { findPersonal } from "../src/lifecycle/text/find-personal.ts"
import {
  appoint,
  fillRoster,
  makeCommunity,
  type Reply,
  type Request,
  send,
  startHouse,
  syntheticRoster,
  type TestCommunity,
  type TestHouse,
  type TestStaff,
} from "./house.ts"

export interface Resident {
  readonly personId: string
  readonly homeId: string
  readonly buildingId: string
  /** In the clear, as the roster gave them. */
  readonly name: string
  readonly phone: string
  readonly plate: string
}

export interface Desk {
  readonly test: TestHouse
  readonly community: TestCommunity
  readonly manager: TestStaff
  /** By building: three in each of four. */
  readonly residents: Readonly<Record<string, readonly Resident[]>>
}

export async function openDesk(...options: Parameters<typeof startHouse>): Promise<Desk> {
  const test = await startHouse(...options)
  return furnish(test, 1)
}

/** A community of that number with twelve households over four buildings. */
export async function furnish(test: TestHouse, number: number): Promise<Desk> {
  const community = await makeCommunity(test, number)
  const roster = syntheticRoster(12, 4)
  const manager = await fillRoster(test, community, roster)
  const rows = await sql<{ person_id: string; home_id: string; building_id: string; label: string }>(
    { test },
    `select r.person_id, r.home_id, r.building_id, h.label from app.residence r
     join app.home h using (community_id, home_id) where r.community_id = $1 order by r.sort_key`,
    [community.communityId],
  )
  const residents = rows.map((row): Resident => {
    const entry = roster.find(({ home }) => row.label === `${home.building}栋${home.unit}单元${home.room}`)
    const [name = ""] = entry?.facts.name ?? []
    const [phone = ""] = entry?.facts.phone ?? []
    const [plate = ""] = entry?.facts.plate ?? []
    const ids = { personId: row.person_id, homeId: row.home_id, buildingId: row.building_id }
    return { ...ids, name, phone, plate }
  })
  const byBuilding = Map.groupBy(residents, ({ buildingId }) => buildingId)
  return { test, community, manager, residents: Object.fromEntries(byBuilding) }
}

export function at({ community }: Pick<Desk, "community">, rest: string): string {
  return `/api/communities/${community.communityId}${rest}`
}

/** Somebody with a post here. */
export function hire(
  { test, community }: Pick<Desk, "test" | "community">,
  post: Post,
  buildingIds: readonly string[] | null = null,
): Promise<TestStaff> {
  return appoint(test, { community, post, buildingIds })
}

export function resident({ residents }: Pick<Desk, "residents">, buildingId: string, index = 0): Resident {
  const found = residents[buildingId]?.[index]
  if (found === undefined) throw new Error("nobody lives there")
  return found
}

export interface Order {
  readonly orderId: string
  readonly useId: string
}

export interface Matter {
  readonly kind?: "repair" | "complaint" | "parking"
  readonly building?: string
  readonly text?: string
  readonly phone?: string
  readonly plate?: string
}

/** The body of an intake for the first resident of the building. */
export function intakeOf(
  desk: Desk,
  { kind = "repair", building = "1", text = "厨房水龙头漏水", ...said }: Matter,
) {
  const { personId, homeId } = resident(desk, building)
  return { orderId: randomUUID(), kind, homeId, personId, text, ...said }
}

/** What is personal in a text, kept with a reason. */
function keptIn(text: string): object {
  const kept = findPersonal(text).map(({ kind, start, end }) => ({
    kind,
    start,
    end,
    reason: "caller_asked",
  }))
  return kept.length > 0 ? { kept } : {}
}

/** Opens an order, whatever its text holds; throws when it is refused. */
export async function openOrder(desk: Desk, as: TestStaff, matter: Matter = {}): Promise<Order> {
  const intake = intakeOf(desk, matter)
  const body = { ...intake, ...keptIn(intake.text) }
  const reply = await send(desk.test, `POST ${at(desk, "/orders")}`, { as, body })
  return { orderId: body.orderId, useId: String(done(reply).body["useId"]) }
}

export async function close(desk: Desk, as: TestStaff, order: Order): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/orders/${order.orderId}/close`)}`, { as, body: {} })
}

export async function take(desk: Desk, as: TestStaff, order: Order): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/orders/${order.orderId}/take`)}`, { as, body: {} })
}

export async function dispatch(desk: Desk, as: TestStaff, order: Order, to: TestStaff): Promise<Reply> {
  const body = { staffId: to.staffId }
  return send(desk.test, `POST ${at(desk, `/orders/${order.orderId}/dispatch`)}`, { as, body })
}

export async function lookAt(desk: Desk, as: TestStaff, order: Order, field = "phone"): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/uses/${order.useId}/look`)}`, { as, body: { field } })
}

export async function read(desk: Desk, as: TestStaff, rest: string, request: Request = {}): Promise<Reply> {
  return send(desk.test, `GET ${at(desk, rest)}`, { ...request, as })
}

/** The reply, which must be a success. */
export function done(reply: Reply): Reply {
  if (reply.status !== 200) throw new Error(`refused: ${reply.text}`)
  return reply
}

export interface TraceOf {
  readonly act: string
  readonly outcome: string
  readonly actor: string | null
  readonly post: string
  readonly clause: string
  readonly purpose: string | null
  readonly use_id: string | null
  readonly fields: readonly string[]
  readonly subjects: readonly string[]
  readonly regime_version: number
}

/** Every trace of the installation, oldest first. */
export async function tracesOf({ test }: Pick<Desk, "test">): Promise<TraceOf[]> {
  return sql<TraceOf>(
    { test },
    `select act, outcome, actor, post, clause, purpose, use_id, fields, subjects::text[] as subjects, regime_version
     from app.trace order by seq`,
  )
}

/** Past every right and every policy, as an attacker or an operator. Throws PostgreSQL's error. */
export async function sql<Row extends pg.QueryResultRow>(
  { test }: Pick<Desk, "test">,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const admin = await test.database.superuser()
  try {
    return (await admin.query<Row>(text, values)).rows
  } finally {
    await admin.end()
  }
}
