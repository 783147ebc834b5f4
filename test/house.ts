/** The whole server in one process, on a database of its own: requests go through Fastify as from the network. */

import { randomUUID } from "node:crypto"
import { join } from "node:path"
import type { FastifyInstance } from "fastify"
import { type AppOptions, createApp } from "../src/app.ts"
import { readConfig } from "../src/config.ts"
import type { Post } from "../src/duty/people/post.ts"
import { hashOf } from "../src/duty/people/session.ts"
import { newSetupCode } from "../src/duty/people/setup-code.ts"
import { type House } from "../src/house.ts"
import type { Actor } from "../src/ledger/spine.ts"
import { visibleClasses } from "../src/lifecycle/catalogue/regime.ts"
import { regimeV1 } from "../src/lifecycle/catalogue/regime-v1.ts"
import type { RosterEntry } from "../src/lifecycle/store/roster.ts"
import { takeRoster } from "../src/lifecycle/store/take.ts"
import { type OpenHouse, openHouse } from "../src/open-house.ts"
import { openLog } from "../src/platform/log.ts"
import { random } from "../src/platform/random.ts"
import { openTestDatabase, program, type TestDatabase } from "./database.ts"

export interface TestHouse {
  readonly house: House
  readonly open: OpenHouse
  readonly app: FastifyInstance
  readonly database: TestDatabase
  /** The clock, which a test may set ahead. Milliseconds. */
  readonly time: { ahead: number }
  readonly log: string
  close(): Promise<void>
}

/** A test sets its clock back as it likes, unless it asks for a real tolerance. */
export const anyClock = { clockTolerance: Number.MAX_SAFE_INTEGER }

/** `settings`: more of the environment, once the data folder is known. `mounted`: what main.ts would hand to the app. */
export async function startHouse(
  settings: (data: string) => Readonly<Record<string, string>> = () => ({}),
  mounted: (data: string) => Pick<AppOptions, "callBridge"> = () => ({}),
  { clockTolerance } = anyClock,
): Promise<TestHouse> {
  const database = await openTestDatabase()
  const time = { ahead: 0 }
  const logFile = join(database.data, "server.log")
  const log = openLog(logFile)
  const config = readConfig({ HUDUN_DATA: database.data, ...settings(database.data) }, database.data)
  const clock = () => Date.now() + time.ahead
  const open = await openHouse({ config, program, log, clock, server: database, clockTolerance })
  const setup = newSetupCode(Date.now(), random)
  const app = await createApp(open, {
    log,
    web: undefined,
    setup,
    origin: undefined,
    requestsPerMinute: 1_000_000,
    ...mounted(database.data),
  })
  return {
    house: open.house,
    open,
    app,
    database,
    time,
    log: logFile,
    async close() {
      await app.close()
      await open.close()
    },
  }
}

export interface TestStaff {
  readonly staffId: string
  readonly cookie: string
  readonly post: Post
}

export interface TestCommunity {
  readonly tenantId: string
  readonly communityId: string
}

/** A company with one community, its keys made. */
export async function makeCommunity({ house, database }: TestHouse, number: number): Promise<TestCommunity> {
  const tenantId = String(number)
  const communityId = String(number * 10)
  const admin = await database.superuser()
  await admin.query(
    "insert into app.tenant values ($1, '测试物业', 'A1', false, now()) on conflict do nothing",
    [tenantId],
  )
  await admin.query("insert into app.community values ($1, $2, '测试小区', false, now())", [
    communityId,
    tenantId,
  ])
  await admin.end()
  await house.keyring.ensureTenant(tenantId, "A1")
  return { tenantId, communityId }
}

export interface Appointed {
  readonly community: TestCommunity
  readonly post: Post
  /** null: the whole community. */
  readonly buildingIds?: readonly string[] | null
}

/** Somebody with a post and a session, without the ceremony of signing in (which has tests of its own). */
export async function appoint({ database }: TestHouse, appointed: Appointed): Promise<TestStaff> {
  const { community, post, buildingIds = null } = appointed
  const staffId = randomUUID()
  const token = `${randomUUID()}${randomUUID()}`
  const admin = await database.superuser()
  await admin.query(
    "insert into app.staff (staff_id, tenant_id, name, created_at) values ($1, $2, $3, now())",
    [staffId, community.tenantId, `测${post.slice(0, 8)}`],
  )
  await admin.query(
    `insert into app.appointment (appointment_id, staff_id, post, tenant_id, community_id, building_ids, valid_from)
     values ($1, $2, $3, $4, $5, $6, now() - interval '1 day')`,
    [randomUUID(), staffId, post, community.tenantId, community.communityId, buildingIds],
  )
  await admin.query("insert into app.login values ($1, $2)", [`t${staffId.slice(0, 12)}`, staffId])
  await admin.query(
    "insert into app.credential (staff_id, password_hash, must_change, second_factor, changed_at) values ($1, 'none', false, '\\x00', now())",
    [staffId],
  )
  await admin.query("insert into app.session values ($1, $2, now(), now() + interval '5 years')", [
    hashOf(token),
    staffId,
  ])
  await admin.end()
  return { staffId, post, cookie: token }
}

/** An actor as the door would make it, for commands that have no route of their own. */
export function actorOf(staff: TestStaff, { tenantId, communityId }: TestCommunity): Actor {
  return {
    tenantId,
    communityId,
    staffId: staff.staffId,
    post: staff.post,
    client: "test",
    context: {
      communities: communityId,
      buildings: "*",
      classes: visibleClasses(regimeV1, staff.post).join(","),
      posts: staff.post,
      actor: staff.staffId,
    },
  }
}

export interface Reply {
  readonly status: number
  readonly body: Record<string, unknown>
  readonly text: string
}

export interface Request {
  readonly as?: TestStaff
  readonly body?: object
  readonly headers?: Record<string, string>
}

export async function send(
  { app }: TestHouse,
  line: `${"GET" | "POST" | "PUT" | "DELETE"} ${string}`,
  { as, body, headers = {} }: Request = {},
): Promise<Reply> {
  const [method = "GET", url = "/"] = line.split(" ")
  const reply = await app.inject({
    method: methodOf(method),
    url,
    headers,
    ...(as ? { cookies: { hudun_session: as.cookie } } : {}),
    ...(body ? { payload: body } : {}),
  })
  return { status: reply.statusCode, body: objectOf(reply.body), text: reply.body }
}

function methodOf(word: string): "GET" | "POST" | "PUT" | "DELETE" {
  if (word === "POST" || word === "PUT" || word === "DELETE") return word
  return "GET"
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** `count` synthetic households over `buildings` buildings: 张一, 李二 … with phones 139000xxxxx. */
export function syntheticRoster(count: number, buildings: number): RosterEntry[] {
  const surnames = Array.from("张王李赵陈杨黄周吴徐")
  const given = Array.from("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚")
  return Array.from({ length: count }, (_, i) => ({
    home: {
      building: String((i % buildings) + 1),
      unit: String((i % 2) + 1),
      room: String(101 + Math.floor(i / buildings)),
    },
    role: "owner" as const,
    company: false,
    facts: {
      name: [`${surnames[i % 10] ?? ""}${given[Math.floor(i / 10) % 20] ?? ""}${given[(i * 7) % 20] ?? ""}`],
      phone: [`139${String(10_000_000 + i * 37).slice(0, 8)}`],
      plate: [`京A${String(10_000 + i).slice(0, 5)}`],
    },
    doubts: [],
    validFrom: null,
    row: i + 2,
  }))
}

export async function fillRoster(
  test: TestHouse,
  community: TestCommunity,
  entries: readonly RosterEntry[],
): Promise<TestStaff> {
  const manager = await appoint(test, { community, post: "manager" })
  for (let at = 0; at < entries.length; at += 500) {
    await takeRoster(test.house, actorOf(manager, community), {
      entries: entries.slice(at, at + 500),
      source: { purpose: "move_in", channel: "import", importId: null },
    })
  }
  return manager
}
