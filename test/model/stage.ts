/** Plays histories on the product: a home and six people for each, every command over HTTP. */

import { randomUUID } from "node:crypto"
import { setTimeout } from "node:timers/promises"
import type pg from "pg"
import type { Post } from "../../src/duty/people/post.ts"
import { hashOf } from "../../src/duty/people/session.ts"
import { takeRoster } from "../../src/lifecycle/store/take.ts"
import { setDuty, tryApply } from "../applications.ts"
import {
  actorOf,
  type Reply,
  send as sendOnce,
  syntheticRoster,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import { at, close, type Desk, dispatch, openDesk, take } from "../orders.ts"
import { type Command, type Role, roles } from "./rules.ts"

const mostAttempts = 60

/** One history's own people and home, and what came of it. */
export interface Scene {
  readonly desk: Desk
  readonly cast: Readonly<Record<Role, TestStaff>>
  readonly officer: TestStaff
  order: { readonly orderId: string; readonly useId: string } | undefined
  readonly applicationIds: string[]
}

export interface Stage {
  readonly desk: Desk
  readonly admin: pg.Client
  homes: number
  /** The last of them: one after the other, on one connection. */
  sales: Promise<void>
}

export async function openStage(): Promise<Stage> {
  const desk = await openDesk()
  return { desk, admin: await desk.test.database.superuser(), homes: 0, sales: Promise.resolve() }
}

export async function closeStage({ desk, admin }: Stage): Promise<void> {
  await admin.end()
  await desk.test.close()
}

const postOf: Readonly<Record<Role | "officer", Post>> = {
  clerk: "clerk",
  colleague: "clerk",
  repairer: "repairer",
  supervisor: "supervisor",
  archivist: "archivist",
  manager: "manager",
  officer: "privacy_officer",
}

export async function makeScenes(stage: Stage, count: number): Promise<Scene[]> {
  const homes = await settle(stage, count)
  const parts = roles.filter((role) => role !== "manager")
  const hired = await hireAll(stage, [...homes.flatMap(() => parts), "manager", "officer"])
  const [officer, manager] = [hired.pop(), hired.pop()]
  return homes.map((home, index) => {
    const own = (role: Role) =>
      required(role === "manager" ? manager : hired[index * parts.length + roles.indexOf(role)])
    return {
      desk: { ...stage.desk, residents: { "1": [home] } },
      cast: {
        clerk: own("clerk"),
        colleague: own("colleague"),
        repairer: own("repairer"),
        supervisor: own("supervisor"),
        archivist: own("archivist"),
        manager: own("manager"),
      },
      officer: required(officer),
      order: undefined,
      applicationIds: [],
    }
  })
}

/** So many new homes in building 1, each with one person. */
async function settle(stage: Stage, count: number) {
  const { desk, admin } = stage
  const { communityId } = desk.community
  const entries = syntheticRoster(count, 1).map((entry, index) => {
    const number = stage.homes + index
    const room = `${String(9_000 + number)}`
    const facts = {
      name: [`赵${"甲乙丙丁戊己庚辛"[number % 8] ?? ""}`],
      phone: [`1391${String(number).padStart(7, "0")}`],
    }
    return { ...entry, home: { building: "1", unit: "9", room }, facts }
  })
  stage.homes += count
  const source = { purpose: "move_in", channel: "import", importId: null } as const
  await takeRoster(desk.test.house, actorOf(desk.manager, desk.community), { entries, source })
  const { rows } = await admin.query<{ personId: string; homeId: string; buildingId: string; label: string }>(
    `select r.person_id as "personId", r.home_id as "homeId", r.building_id as "buildingId", h.label from app.residence r
     join app.home h using (community_id, home_id) where r.community_id = $1 and h.label = any ($2)`,
    [communityId, entries.map(({ home }) => `1栋9单元${home.room}`)],
  )
  if (rows.length !== count) throw new Error(`${rows.length} of ${count} homes`)
  return rows.map(({ label, ...row }) => {
    const entry = entries.find(({ home }) => label.endsWith(`单元${home.room}`))
    return { ...row, name: entry?.facts.name[0] ?? "", phone: entry?.facts.phone[0] ?? "", plate: "" }
  })
}

async function hireAll({ desk, admin }: Stage, parts: ReadonlyArray<Role | "officer">): Promise<TestStaff[]> {
  const { tenantId, communityId } = desk.community
  const staff = parts.map((part) => ({
    staffId: randomUUID(),
    post: postOf[part],
    cookie: `${randomUUID()}${randomUUID()}`,
    buildings: ["clerk", "colleague", "supervisor"].includes(part) ? "{1}" : null,
  }))
  const [ids, kinds] = [staff.map((one) => one.staffId), staff.map((one) => one.post)]
  const buildings = staff.map((one) => one.buildings)
  await admin.query(
    `insert into app.staff (staff_id, tenant_id, name, created_at) select id, $2, '测甲', now() from unnest($1::uuid[]) as u (id)`,
    [ids, tenantId],
  )
  await admin.query(
    `insert into app.appointment (appointment_id, staff_id, post, tenant_id, community_id, building_ids, valid_from)
     select gen_random_uuid(), id, post, $4, $5, buildings::bigint[], now() - interval '1 day'
     from unnest($1::uuid[], $2::text[], $3::text[]) as u (id, post, buildings)`,
    [ids, kinds, buildings, tenantId, communityId],
  )
  await admin.query(
    "insert into app.login select left('t' || id::text, 30), id from unnest($1::uuid[]) as u (id)",
    [ids],
  )
  await admin.query(
    `insert into app.credential (staff_id, password_hash, must_change, second_factor, changed_at)
     select id, 'none', false, '\\x00', now() from unnest($1::uuid[]) as u (id)`,
    [ids],
  )
  await admin.query(
    `insert into app.session select token, id, now(), now() + interval '5 years' from unnest($1::bytea[], $2::uuid[]) as u (token, id)`,
    [staff.map((one) => hashOf(one.cookie)), ids],
  )
  return staff.map(({ staffId, post, cookie }) => ({ staffId, post, cookie }))
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("the cast is not whole")
  return value
}

/** Whether the product carried the command out; undefined: there is nothing yet that it could be about. */
// oxlint-disable-next-line complexity -- one case for each kind of step
export async function play(stage: Stage, scene: Scene, command: Command): Promise<boolean | undefined> {
  const { desk, cast } = scene
  switch (command.do) {
    case "open":
      return scene.order === undefined ? openFor(scene, cast[command.by]) : undefined
    case "take":
      return scene.order && isDone(take(desk, cast[command.by], scene.order))
    case "close":
      return scene.order && isDone(close(desk, cast[command.by], scene.order))
    case "dispatch":
      return scene.order && isDone(dispatch(desk, cast[command.by], scene.order, cast[command.to]))
    case "stand_in":
    case "move":
    case "leave":
    case "suspend":
    case "lift":
    case "sell":
      return playOnPeople(stage, scene, command)
    default:
      return playApplication(scene, command)
  }
}

type OnPeople = Extract<Command, { do: "stand_in" | "move" | "leave" | "suspend" | "lift" | "sell" }>

async function playOnPeople(stage: Stage, scene: Scene, command: OnPeople): Promise<boolean> {
  const { desk, cast, officer } = scene
  switch (command.do) {
    case "stand_in": {
      const duty = { post: "supervisor", forStaff: cast.supervisor.staffId, deputy: cast.archivist.staffId }
      return isDone(setDuty(desk, cast.manager, duty))
    }
    case "move": {
      const body = { post: cast[command.who].post, buildingIds: [command.to] }
      const path = at(desk, `/staff/${cast[command.who].staffId}/post`)
      return isDone(send(desk.test, `PUT ${path}`, { as: officer, body }))
    }
    case "leave": {
      const path = at(desk, `/staff/${cast[command.who].staffId}/leave`)
      return isDone(send(desk.test, `POST ${path}`, { as: officer, body: {} }))
    }
    case "suspend": {
      const path = at(desk, `/staff/${cast[command.who].staffId}/suspend`)
      return isDone(send(desk.test, `POST ${path}`, { as: officer, body: { reason: "leave" } }))
    }
    case "lift": {
      const path = at(desk, `/staff/${cast[command.who].staffId}/restore`)
      const isLifted = await isDone(send(desk.test, `POST ${path}`, { as: officer, body: {} }))
      if (isLifted) await signInAgain(stage, cast[command.who])
      return isLifted
    }
    case "sell":
      return sell(stage, scene)
  }
}

/** Sessions from before a suspension stay closed. */
async function signInAgain({ desk, admin }: Stage, staff: TestStaff): Promise<void> {
  const cookie = `${randomUUID()}${randomUUID()}`
  await admin.query("insert into app.session values ($1, $2, $3, $3::timestamptz + interval '5 years')", [
    hashOf(cookie),
    staff.staffId,
    new Date(clockOf(desk.test) + 1),
  ])
  Object.assign(staff, { cookie })
}

type OnApplication = Extract<Command, { do: "apply" | "sign" | "end" | "look" }>

async function playApplication(scene: Scene, command: OnApplication): Promise<boolean | undefined> {
  const { desk, cast, applicationIds } = scene
  const as = cast[command.by]
  if (command.do === "apply") return applyFor(scene, command)
  const id = applicationIds[command.at]
  if (id === undefined) return undefined
  const path = at(desk, `/applications/${id}`)
  if (command.do === "end") return isDone(send(desk.test, `POST ${path}/end`, { as, body: {} }))
  if (command.do === "look") return (await lookAs(scene, command)) === "seen"
  const { verdict, narrower } = command
  const body =
    verdict === "refused"
      ? { verdict, reason: "not_needed" }
      : { verdict, ...(narrower ? { hours: 2, fields: ["phone"] } : {}) }
  return isDone(send(desk.test, `POST ${path}/sign`, { as, body }))
}

async function openFor(scene: Scene, as: TestStaff): Promise<boolean> {
  const { personId, homeId } = home(scene)
  const body = { orderId: randomUUID(), kind: "repair", homeId, personId, text: "厨房水龙头漏水" }
  const reply = await send(scene.desk.test, `POST ${at(scene.desk, "/orders")}`, { as, body })
  if (reply.status !== 200) return isRefused(reply)
  scene.order = { orderId: body.orderId, useId: String(reply.body["useId"]) }
  return true
}

async function applyFor(
  scene: Scene,
  command: Extract<Command, { do: "apply" }>,
): Promise<boolean | undefined> {
  const { desk, cast, order, applicationIds } = scene
  const { by, hours, single, forOrder, fields } = command
  if (applicationIds.length > 1 || (forOrder && order === undefined)) return undefined
  const ground = forOrder && order !== undefined ? { orderId: order.orderId, purpose: "repair" } : {}
  const reply = await tryApply(desk, cast[by], { hours, single, fields, ...ground })
  if (reply.status !== 200) return isRefused(reply)
  applicationIds.push(String(reply.body["applicationId"]))
  return true
}

/** No route moves anybody out yet: what that will leave behind is made by hand. */
function sell(stage: Stage, scene: Scene): Promise<boolean> {
  const values = [scene.desk.community.communityId, home(scene).personId]
  stage.sales = stage.sales.then(async () => {
    for (const statement of sale) await stage.admin.query(statement, values)
  })
  return stage.sales.then(() => true)
}

const sale = [
  "delete from app.residence where community_id = $1 and person_id = $2",
  "update app.person set building_ids = '{}' where community_id = $1 and person_id = $2",
  "update app.record set building_ids = '{}' where community_id = $1 and subject_id = $2",
]

export type Seen = "seen" | "not seen"

export async function lookAs(scene: Scene, asked: { by: Role; at: number; field: string }): Promise<Seen> {
  const { by, at: index, field } = asked
  const body = { personId: home(scene).personId, field }
  const path = at(scene.desk, `/applications/${scene.applicationIds[index] ?? ""}/look`)
  return seenIn(scene, await send(scene.desk.test, `POST ${path}`, { as: scene.cast[by], body }))
}

export async function lookAtOrder(scene: Scene, by: Role, field: string): Promise<Seen> {
  const path = at(scene.desk, `/uses/${scene.order?.useId ?? ""}/look`)
  return seenIn(scene, await send(scene.desk.test, `POST ${path}`, { as: scene.cast[by], body: { field } }))
}

/** A refusal tells nothing of the value. */
function seenIn(scene: Scene, reply: Reply): Seen {
  if (reply.status === 200) return "seen"
  isRefused(reply)
  if (reply.text.includes(home(scene).phone)) throw new Error("a refusal that tells the phone")
  return "not seen"
}

async function isDone(asked: Promise<Reply>): Promise<boolean> {
  const reply = await asked
  return reply.status === 200 || isRefused(reply)
}

/** A machine with more to do than this may be late with its second trace; whoever asked asks again. Clause 3.11. */
async function send(...[test, line, request]: Parameters<typeof sendOnce>): Promise<Reply> {
  for (let attempt = 1; ; attempt += 1) {
    const reply = await sendOnce(test, line, request)
    if (reply.body["code"] !== "mirror.down" || attempt === mostAttempts) return reply
    await setTimeout(500)
  }
}

/** Always false; a fault of the server is no refusal. */
function isRefused(reply: Reply): false {
  if (reply.status >= 500) throw new Error(`the server failed: ${reply.text}`)
  return false
}

export function home({ desk }: Scene) {
  const [found] = desk.residents["1"] ?? []
  if (found === undefined) throw new Error("a scene without a home")
  return found
}

export function clockOf({ time }: TestHouse): number {
  return Date.now() + time.ahead
}
