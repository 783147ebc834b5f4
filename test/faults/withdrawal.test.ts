/** Clause 2.7: what is withdrawn at one server process is over at the other, within five seconds. Two real processes, one database. */

import { randomUUID } from "node:crypto"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { writeXlsx } from "hucre/xlsx"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { onPaper, textOf } from "../consents.ts"
import { openTestServer, type TestDatabase } from "../database.ts"
import {
  type Asking,
  appoint,
  ask,
  type Company,
  freePort,
  importRoster,
  type Server,
  setUp,
  sql,
  start,
  stop,
} from "./server.ts"

const names = ["王伟伟", "李芳芳", "张娜娜", "刘敏敏", "陈静静", "杨丽丽"]
const allowed = 5_000

let database: TestDatabase
let company: Company
const servers: Server[] = []
/** The manager at each of the two. */
let one: Asking
let other: Asking

beforeAll(async () => {
  database = await openTestServer()
  const { data } = database
  const host = encodeURIComponent(String(database.as("hudun_app").host))
  const env = {
    DATABASE_URL: `postgres://postgres@localhost/hudun?host=${host}`,
    HUDUN_ROOT: `file:${join(data, "root.key")}`,
  }
  const first = { data: join(data, "one"), port: await freePort(), env }
  const begun = await start(first)
  servers.push(begun)
  company = await setUp({ port: first.port, data }, begun)
  const second = { data: join(data, "two"), port: await freePort(), env }
  servers.push(await start(second))
  const manager = await appoint(data, company, "manager")
  one = { port: first.port, as: manager }
  other = { port: second.port, as: manager }
  const officer = await appoint(data, company, "privacy_officer")
  const rows = names.map((name, at) => ["1栋", "1单元", String(101 + at), name, `1390000000${String(at)}`])
  const header = ["楼栋", "单元", "房号", "业主姓名", "联系电话"]
  const book = await writeXlsx({ sheets: [{ name: "业主", rows: [header, ...rows] }] })
  await importRoster(one, company.communityId, Buffer.from(book))
  taken(await ask({ ...one, as: officer }, `POST ${path("/consent-texts")}`, textOf(0)))
}, 120_000)
afterAll(async () => {
  await Promise.all(servers.map(stop))
  await database.stop()
})

const path = (rest: string) => `/api/communities/${company.communityId}${rest}`

function taken(reply: Awaited<ReturnType<typeof ask>>): Awaited<ReturnType<typeof ask>> {
  if (reply.status !== 200) throw new Error(`refused: ${reply.text}`)
  return reply
}

function answer(asking: Asking, personId: string, kind: "given" | "withdrawn") {
  const shown = kind === "given" ? { evidence: onPaper, channel: "paper" } : { channel: "desk" }
  const body = {
    eventId: randomUUID(),
    feature: "greeting",
    kind,
    textVersion: 1,
    language: "zh-CN",
    ...shown,
  }
  return ask(asking, `POST ${path(`/persons/${personId}/consents`)}`, body)
}

/** Milliseconds until the answer is the one that is waited for. */
async function until(isSo: () => Promise<boolean>, begin: number): Promise<number> {
  while (!(await isSo())) {
    if (performance.now() - begin > 60_000) throw new Error("it did not come to be")
    await sleep(20)
  }
  return performance.now() - begin
}

describe("a withdrawal", () => {
  it("at one process stops at the other what is running there, and each way round", async ({ annotate }) => {
    const persons = await sql<{ person_id: string }>(
      database.data,
      "select person_id from app.person where community_id = $1 order by person_id",
      [company.communityId],
    )
    const [first = "", second = "", stays = ""] = persons.map((row) => row.person_id)
    for (const personId of [first, second, stays]) taken(await answer(one, personId, "given"))
    // Keeps the walkers of both processes off the use, so that it is running for as long as this test looks.
    const runId = randomUUID()
    const holder = await database.superuser()
    await holder.query("select pg_advisory_lock(hashtextextended($1, 18))", [runId])
    taken(await ask(one, `POST ${path("/consent-runs")}`, { runId, feature: "greeting", occasion: "other" }))
    const look = (asking: Asking, personId: string) =>
      ask(asking, `POST ${path(`/consent-runs/${runId}/look`)}`, { personId, field: "phone" })
    for (const [here, there, personId] of [
      [one, other, first],
      [other, one, second],
    ] as const) {
      taken(await look(there, personId))
      const begin = performance.now()
      taken(await answer(here, personId, "withdrawn"))
      const spent = await until(async () => {
        const { status, body } = await look(there, personId)
        return status === 403 && body["code"] === "consent.withdrawn"
      }, begin)
      await annotate(`stopped at the other process after ${spent.toFixed(0)} ms`)
      expect(spent).toBeLessThan(allowed)
    }
    taken(await look(other, stays))
    const begin = performance.now()
    await holder.end()
    const runs = async () => taken(await ask(other, `GET ${path("/consent-runs")}`)).text
    await annotate(
      `walked to its end after ${(await until(async () => !(await runs()).includes('"endedAt":null'), begin)).toFixed(0)} ms`,
    )
    const entries = await sql<{ person_id: string; outcome: string }>(
      database.data,
      "select person_id, outcome from app.consent_message where run_id = $1",
      [runId],
    )
    const outcomes = Object.fromEntries(entries.map((row) => [row.person_id, row.outcome]))
    expect(outcomes).toEqual({ [first]: "stopped", [second]: "stopped", [stays]: "queued" })
  })
})
