/** Things in their relations to those who look, and what a route answers about each. */

import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { InjectOptions } from "fastify"
import type pg from "pg"
import { setToNoon } from "../applications.ts"
import { appoint, startHouse, type TestHouse, type TestStaff } from "../house.ts"
import { assess, dayIn } from "../parties.ts"
import { type Kind, postOver, type Spot, type Thing } from "./relation-kind.ts"
import { aParty } from "./relation-outside.ts"
import { type Place, settle } from "./relation-place.ts"
import { bodies, type Fixed, files } from "./relation-requests.ts"
import { kinds, pixel } from "./relation-things.ts"
import { formOf } from "./upload.ts"
import { required } from "./world.ts"

export const relations = ["own", "building", "community", "gone", "expired", "revoked", "suspended"] as const
export type Relation = (typeof relations)[number]

export interface Line {
  /** As in the table, with the kind: what the answer depends on. */
  readonly name: string
  readonly route: string
  readonly kind: Kind
  readonly kindName: string
}

export interface Scene {
  readonly test: TestHouse
  readonly admin: pg.Client
  readonly town: Place
  readonly away: Place
  readonly fixed: Fixed
  /** Made before their time was over, by kind. */
  readonly expired: Map<string, Thing[]>
}

const day = 86_400_000

/** `stock`: how many of a kind are needed whose time is over. */
export async function makeScene(stock: ReadonlyMap<string, number>): Promise<Scene> {
  const house = await startHouse()
  const admin = await house.database.superuser()
  const test = { ...house, database: { ...house.database, superuser: async () => kept(admin) } }
  const ground = { test, admin }
  const town = await settle(ground, 1, 640)
  const away = await settle(ground, 2, 40)
  setToNoon(town.desk)
  const { privacy_officer: by, manager: signer } = town.cast
  await assess(town.desk, { by, signer })
  const expired = new Map<string, Thing[]>()
  const lay = async ([name, count]: readonly [string, number]) => {
    const kind = required(kinds[name])
    const made: Thing[] = []
    for (let nth = 0; nth < count; nth += 1)
      made.push(await kind.make(spotAt(town, "1", kind.usesUp === true)))
    expired.set(name, made)
  }
  await Promise.all(Array.from(stock, lay))
  test.time.ahead += 40 * day
  const spot = spotAt(town, "1", true)
  const own = await required(kinds["application"]).make(spot)
  const someone = { community: town.desk.community, post: "repairer" } as const
  const [{ staffId }, { staffId: colleague }] = [await appoint(test, someone), await appoint(test, someone)]
  const fixed: Fixed = {
    ...own,
    ...(await required(kinds["order"]).make(spot)),
    homeId: spot.resident.homeId,
    home: "1栋1单元101",
    worker: town.cast.mate.staffId,
    colleague,
    deputy: town.cast.archivist.staffId,
    channel: "gate",
    staffId,
    ...(await aParty(spot)),
    day: dayIn(town.desk, 0),
    ahead: String(test.time.ahead),
  }
  return { ...ground, town, away, fixed, expired }
}

/** The one connection, for all who would open one of their own and close it again. */
function kept(admin: pg.Client): pg.Client {
  return new Proxy(admin, {
    get: (_admin, name) => (name === "end" ? async () => {} : Reflect.get(admin, name, admin)),
  })
}

function spotAt(place: Place, building: "1" | "3", isNew: boolean): Spot {
  const { cast } = place
  const resident = required(isNew ? place.unmet[building]?.pop() : place.desk.residents[building]?.[0])
  const hands =
    building === "1"
      ? { clerk: cast.clerk, chief: cast.supervisor, worker: cast.repairer, otherWorker: cast.mate }
      : { clerk: cast.neighbour, chief: cast.upstairs, worker: cast.mate, otherWorker: cast.repairer }
  return { place, building, resident, ...hands }
}

/** Whether a kind can stand in a relation at all; the table has `-` where it cannot. */
export function stands(kind: Kind, relation: Relation): boolean {
  switch (relation) {
    case "own":
      return true
    case "building":
      return kind.isOfBuilding === true
    case "community":
      return kind.isCounted !== true
    case "gone":
      return kind.isOfHousehold === true
    case "expired":
      return kind.expires === true
    case "revoked":
      return kind.revoke !== undefined
    case "suspended":
      return kind.suspend !== undefined || kind.isOfClerk === true
  }
}

/** A thing in its relation; of those whose time is over, one that was made in time. */
export async function thingIn(scene: Scene, line: Line, relation: Relation): Promise<Thing> {
  const { kind, kindName } = line
  if (relation === "expired") return required(scene.expired.get(kindName)?.pop())
  const isNew = kind.usesUp === true || relation === "gone"
  const found = spotAt(placeOf(scene, line, relation), relation === "building" ? "3" : "1", isNew)
  const spot = relation === "suspended" && kind.isOfClerk === true ? await underAnother(found) : found
  const thing = await kind.make(spot)
  const become: Readonly<Partial<Record<Relation, () => Promise<unknown> | undefined>>> = {
    revoked: () => kind.revoke?.(spot, thing),
    suspended: () => kind.suspend?.(spot, thing) ?? postOver(scene, spot.clerk.staffId),
    gone: () => moveOut(spot),
  }
  await become[relation]?.()
  return relation === "building" || relation === "community" ? elsewhere(scene, kind, thing) : thing
}

function elsewhere({ away }: Scene, kind: Kind, thing: Thing): Thing {
  return kind.astray?.(thing, away.desk.community.communityId) ?? alone(thing)
}

/** A whole channel of the town is not stopped: that of the other community is. */
function placeOf({ town, away }: Scene, { kind, kindName }: Line, relation: Relation): Place {
  if (relation === "community" && kind.astray === undefined) return away
  return relation === "suspended" && kindName === "code" ? away : town
}

async function underAnother(spot: Spot): Promise<Spot> {
  const { test, desk } = spot.place
  const asking = { community: desk.community, post: "clerk", buildingIds: [spot.building] } as const
  return { ...spot, clerk: await appoint(test, asking) }
}

/** Of what lies elsewhere only the thing itself is asked for: what it is asked together with is of building 1. */
function alone(thing: Thing): Thing {
  return Object.fromEntries(Object.entries(thing).filter(([name]) => !name.startsWith("beside")))
}

/** No route moves anybody out yet: what that will leave behind is made by hand. */
async function moveOut({ place, resident }: Spot): Promise<void> {
  const values = [place.desk.community.communityId, resident.personId]
  for (const statement of sale) await place.admin.query(statement, values)
}

const sale = [
  "delete from app.residence where community_id = $1 and person_id = $2",
  "update app.person set building_ids = '{}' where community_id = $1 and person_id = $2",
  "update app.record set building_ids = '{}' where community_id = $1 and subject_id = $2",
]

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** Of the same shape, and there is none such. */
export function inventedLike(thing: Thing): Thing {
  const linkId = randomUUID()
  const invent = (name: string, value: string): string => {
    if (name === "linkId") return linkId
    if (name === "link") return `${value.split(".")[0] ?? ""}.${linkId}.${"x".repeat(32)}`
    if (name === "code") return `${value.split("-")[0] ?? ""}-${"x".repeat(22)}`
    if (name === "buildingId") return "987654"
    return uuid.test(value) && !name.startsWith("beside") ? randomUUID() : value
  }
  return Object.fromEntries(Object.entries(thing).map(([name, value]) => [name, invent(name, value)]))
}

export interface Answer {
  readonly status: number
  readonly code: string
  /** Status, headers and body, with the ids that were asked about taken out. */
  readonly whole: string
}

const passing = ["date", "x-ratelimit-remaining", "x-ratelimit-reset"]

interface Asked {
  readonly thing: Thing
  /** undefined: whoever holds the thing. */
  readonly as: TestStaff | undefined
  readonly communityId?: string
}

export async function askAbout(scene: Scene, line: Line, asked: Asked): Promise<Answer> {
  if (line.name === "POST /emergencies  home" && asked.as !== undefined) await handBack(scene, asked.as)
  const reply = await scene.test.app.inject(requestOf(scene, line, asked))
  const code = /"code":"([a-z_.]+)"/.exec(reply.body)?.[1] ?? ""
  if (code === "receipt.pending") {
    await sleep(200)
    return askAbout(scene, line, asked)
  }
  const headers = Object.entries(reply.headers).filter(([header]) => !passing.includes(header))
  const ids = Object.values(asked.thing).filter((value) => uuid.test(value))
  const body = ids.reduce((text, id) => text.replaceAll(id, "ID"), reply.body)
  return { status: reply.statusCode, code, whole: JSON.stringify([reply.statusCode, headers, body]) }
}

/** Nobody has two that run, nor shows a code twice. */
async function handBack({ admin }: Scene, { staffId }: TestStaff): Promise<void> {
  await admin.query(
    `insert into app.emergency_ended (community_id, emergency_id, building_id, applicant, reason, ended_by, ended_post, at)
     select community_id, emergency_id, building_id, applicant, 'handed_back', applicant, applicant_post, at from app.emergency
     where applicant = $1 on conflict do nothing`,
    [staffId],
  )
  await admin.query("update app.credential set last_step = 0 where staff_id = $1", [staffId])
}

let callers = 0

function requestOf({ town, fixed }: Scene, { name, route }: Line, asked: Asked): InjectOptions {
  const { thing, as, communityId = town.desk.community.communityId } = asked
  const [method = "", tail = ""] = route.split(" ")
  const known: Thing = { ...fixed, ...thing }
  const path = tail.replaceAll(/:(\w+)/g, (_whole, key: string) => known[key] ?? "")
  callers += 1
  const request = {
    method: methodOf(method),
    url: path.startsWith("/api/") ? path : `/api/communities/${communityId}${path}`,
    // A phone has an address of its own.
    remoteAddress: `10.8.${(callers >> 8) & 255}.${callers & 255}`,
    cookies: as === undefined ? { hudun_visit: known["device"] ?? "" } : { hudun_session: as.cookie },
  }
  if (method === "GET" || method === "DELETE") return request
  return { ...request, ...sentWith(name, thing, fixed) }
}

function sentWith(name: string, thing: Thing, fixed: Fixed): Pick<InjectOptions, "payload" | "headers"> {
  if (!files.includes(name)) return { payload: bodies[name]?.(thing, fixed) ?? {} }
  const { type, payload } = formOf(pixel, "photo.png")
  return { payload, headers: { "content-type": type } }
}

function methodOf(word: string): "GET" | "POST" | "PUT" | "DELETE" {
  return word === "POST" || word === "PUT" || word === "DELETE" ? word : "GET"
}
