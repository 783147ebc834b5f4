/**
 * A small world to hold against itself: two companies; the first has two communities. Each full community has four
 * buildings, everybody of the nine posts, a roster taken in by import, and orders in every state.
 */

import { type Post, posts } from "../../src/duty/people/post.ts"
import {
  appoint,
  makeCommunity,
  startHouse,
  type TestCommunity,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import { close, type Desk, dispatch, done, type Order, openOrder } from "../orders.ts"
import { importRoster } from "./upload.ts"
import { makeVisits } from "./visits.ts"

/** The buildings of each post's appointment; every other post covers its community. */
export const reachOf: Readonly<Partial<Record<Post, readonly string[]>>> = {
  clerk: ["1"],
  supervisor: ["1", "2"],
}

export interface Person {
  readonly personId: string
  readonly homeId: string
  readonly buildingId: string
}

export interface Town {
  readonly community: TestCommunity
  readonly staff: Readonly<Record<Post, TestStaff>>
  /** A clerk of building 3. */
  readonly neighbour: TestStaff
  readonly importId: string
  /** One person of each building, by building id. */
  readonly persons: Readonly<Record<string, Person>>
  readonly orders: {
    /** Building 1, opened by the clerk. */
    readonly open: Order
    /** Building 1, opened and closed by the clerk. */
    readonly closed: Order
    /** Building 1, opened and closed by the supervisor. */
    readonly closedByOther: Order
    /** Building 2, opened by the manager, handed to the repairer. */
    readonly dispatched: Order
    /** Building 2, opened by the manager, closed by the repairer. */
    readonly returned: Order
    /** Building 3, opened by the neighbour, who took it over. */
    readonly lent: Order
    /** Building 3, opened by the neighbour. */
    readonly foreign: Order
  }
}

export interface World {
  readonly test: TestHouse
  readonly town: Town
  /** Of another company. */
  readonly away: Town
  /** Of the first company, with one clerk and nothing else. */
  readonly next: { readonly community: TestCommunity; readonly clerk: TestStaff }
}

export async function makeWorld(): Promise<World> {
  const test = await startHouse()
  const town = await makeTown(test, 1)
  const away = await makeTown(test, 2)
  const community = { tenantId: town.community.tenantId, communityId: "11" }
  const admin = await test.database.superuser()
  await admin.query("insert into app.community values ($1, $2, '隔壁小区', false, now())", [
    community.communityId,
    community.tenantId,
  ])
  await admin.end()
  const clerk = await appoint(test, { community, post: "clerk", buildingIds: ["1"] })
  return { test, town, away, next: { community, clerk } }
}

async function makeTown(test: TestHouse, number: number): Promise<Town> {
  const community = await makeCommunity(test, number)
  const staff = await appointAll(test, community)
  const neighbour = await appoint(test, { community, post: "clerk", buildingIds: ["3"] })
  const importId = await importRoster(test, { community, as: staff.manager, roster: rosterOf(number) })
  const persons = await personsOf(test, community)
  const town = { community, staff, neighbour, importId, persons }
  return { ...town, orders: await makeOrders(test, town) }
}

async function appointAll(test: TestHouse, community: TestCommunity): Promise<Record<Post, TestStaff>> {
  const made = new Map<string, TestStaff>()
  for (const post of posts)
    made.set(post, await appoint(test, { community, post, buildingIds: reachOf[post] ?? null }))
  const of = (post: Post): TestStaff => required(made.get(post))
  return {
    clerk: of("clerk"),
    supervisor: of("supervisor"),
    manager: of("manager"),
    repairer: of("repairer"),
    archivist: of("archivist"),
    privacy_officer: of("privacy_officer"),
    system_admin: of("system_admin"),
    security_admin: of("security_admin"),
    auditor: of("auditor"),
  }
}

const header = ["楼栋", "单元", "房号", "姓名", "手机号", "车牌号", "工作单位", "迁出日期"]

const oddPhones: Readonly<Record<number, string>> = {
  4: "13800138000",
  6: "13800138000",
  8: "1390",
  9: "13800138000",
}

/** Three households in each of four buildings; one phone is too short, three are made up, one family is gone. */
function rosterOf(number: number) {
  const rows = Array.from({ length: 12 }, (_, at) => [
    String((at % 4) + 1),
    "1",
    String(101 + Math.floor(at / 4)),
    `${"赵钱孙李周吴郑王冯陈褚卫"[at] ?? ""}${number === 1 ? "一" : "二"}${"甲乙丙丁戊己庚辛壬癸子丑"[at] ?? ""}`,
    oddPhones[at] ?? `1390000${String(number * 1000 + 100 + at)}`,
    `京A${String(number * 10_000 + at)}`,
    "某某公司",
    at === 11 ? "2020-01-31" : "",
  ])
  return { header, rows }
}

interface Card {
  personId: string
  homeId: string
  buildingId: string
}

async function personsOf(test: TestHouse, community: TestCommunity): Promise<Record<string, Person>> {
  const admin = await test.database.superuser()
  const { rows } = await admin.query<Card>(
    `select distinct on (building_id) person_id as "personId", home_id as "homeId", building_id as "buildingId"
     from app.residence where community_id = $1 order by building_id, sort_key`,
    [community.communityId],
  )
  await admin.end()
  return Object.fromEntries(rows.map((row) => [row.buildingId, row]))
}

type Furnished = Omit<Town, "orders">

async function makeOrders(test: TestHouse, town: Furnished): Promise<Town["orders"]> {
  const { staff, neighbour, community } = town
  const residents = Object.fromEntries(
    Object.entries(town.persons).map(([building, person]) => [building, [{ ...person, ...unnamed }]]),
  )
  const desk: Desk = { test, community, manager: staff.manager, residents }
  const closed = await openOrder(desk, staff.clerk)
  done(await close(desk, staff.clerk, closed))
  const closedByOther = await openOrder(desk, staff.supervisor)
  done(await close(desk, staff.supervisor, closedByOther))
  const dispatched = await openOrder(desk, staff.manager, { building: "2" })
  done(await dispatch(desk, staff.manager, dispatched, staff.repairer))
  const returned = await openOrder(desk, staff.manager, { building: "2" })
  done(await dispatch(desk, staff.manager, returned, staff.repairer))
  done(await close(desk, staff.repairer, returned))
  done(await close(desk, neighbour, await openOrder(desk, neighbour, { building: "3" })))
  const lent = await openOrder(desk, neighbour, { building: "3" })
  done(await dispatch(desk, neighbour, lent, neighbour))
  const open = await openOrder(desk, staff.clerk)
  const foreign = await openOrder(desk, neighbour, { building: "3" })
  await makeVisits(desk, staff.repairer)
  return { open, closed, closedByOther, dispatched, returned, lent, foreign }
}

/** Nobody here asks for the values. */
const unnamed = { name: "", phone: "", plate: "" }

export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("the world is not whole")
  return value
}
