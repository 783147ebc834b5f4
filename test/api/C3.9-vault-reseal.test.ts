/**
 * A company changes its suite and its records follow, while they are read, changed, and the server that moves them is killed.
 * 3 kills in `npm test`; more with `HUDUN_KILLS=50 npx vitest run --project api test/api/C3.9-vault-reseal.test.ts`.
 */

import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { KeyKeeper } from "../../src/duty/keys/jobs.ts"
import { openFacts } from "../../src/vault/opening.ts"
import { program, type TestDatabase } from "../database.ts"
import {
  appoint,
  fillRoster,
  makeCommunity,
  send,
  syntheticRoster,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import { openDatabase, startOver, until } from "../vault/house.ts"

const kills = Number(process.env["HUDUN_KILLS"] ?? 3)
const persons = 450
const community = { tenantId: "7", communityId: "70" }
let database: TestDatabase
let test: TestHouse
let jobs: KeyKeeper
let keeper: TestStaff
let clerk: TestStaff
/** A record as a backup from before would bring it back. */
let old: Sealed | undefined

beforeAll(async () => {
  database = await openDatabase()
  test = await startOver(database, { keptKeys: 400 })
  jobs = new KeyKeeper(test.house)
  await makeCommunity(test, 7)
  await fillRoster(test, community, syntheticRoster(persons, 3))
  keeper = await appoint(test, { community, post: "security_admin" })
  clerk = await appoint(test, { community, post: "clerk" })
}, 120_000)
afterAll(async () => {
  await jobs.close()
  await test.close()
  await database.stop()
})

async function rows<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const admin = await database.superuser()
  try {
    return (await admin.query<Row>(text, values)).rows
  } finally {
    await admin.end()
  }
}

interface Sealed {
  subject_id: string
  class: string
  version: number
  sealed: Buffer
}

const everyRecord = () => rows<Sealed>("select subject_id, class, version, sealed from app.record")

function factsOf({ subject_id: subject, class: name, version, sealed }: Sealed) {
  return openFacts(test.house.keyring, { tenant: "7", community: "70", subject, name, version }, sealed)
}

async function everyPhone(): Promise<string[]> {
  const facts = await Promise.all((await everyRecord()).map(factsOf))
  return facts.flatMap((one) => one?.["phone"] ?? []).toSorted()
}

async function suites(): Promise<number[]> {
  const found = await rows<{ suite: number }>("select distinct get_byte(sealed, 1) as suite from app.record")
  return found.map((row) => row.suite).toSorted((a, b) => a - b)
}

const keysAt = (rest: string) => `/api/communities/${community.communityId}/keys${rest}` as const

async function resealed(): Promise<boolean> {
  await jobs.round()
  const { body } = await send(test, `GET ${keysAt("")}`, { as: keeper })
  return JSON.stringify(body).includes('"reseal":null')
}

async function resealer(suite: string): Promise<ChildProcess> {
  const { host = "", port = 0 } = database.as("hudun_app")
  const script = join(program, "test", "vault", "resealer-child.ts")
  const child = spawn(process.execPath, [script, database.data, program, host, String(port), suite], {
    stdio: ["ignore", "pipe", "inherit"],
  })
  await once(child.stdout, "data")
  return child
}

const phones = syntheticRoster(persons, 3)
  .flatMap(({ facts }) => facts.phone ?? [])
  .toSorted()

describe("records of a company that changed its suite", () => {
  it("stay as they are until somebody asks, and move to the new one then", async () => {
    expect(await suites()).toEqual([0xa1])
    old = (await everyRecord()).at(-1)
    await send(test, `POST ${keysAt("/rotate")}`, { as: keeper, body: { suite: "S1" } })
    await jobs.round()
    expect(await suites()).toEqual([0xa1])
    const refused = await send(test, `POST ${keysAt("/reseal")}`, { as: clerk, body: {} })
    expect(refused.body["code"]).toBe("post.not_allowed")
    expect((await send(test, `POST ${keysAt("/reseal")}`, { as: keeper, body: {} })).status).toBe(200)
    await until(resealed)
    expect(await suites()).toEqual([0x51])
    expect(await everyPhone()).toEqual(phones)
    const former = await rows("select distinct suite from keyring.former_key")
    expect(former).toEqual([{ suite: "A1" }])
  })

  it("can be changed meanwhile, and what was changed stays changed", async () => {
    await test.house.vault.rotation.rotate("7", "A1")
    const [entry] = syntheticRoster(1, 3)
    if (entry === undefined) throw new Error("no entry")
    const changed = { ...entry, facts: { ...entry.facts, phone: ["13900009999"] } }
    await send(test, `POST ${keysAt("/reseal")}`, { as: keeper, body: {} })
    await Promise.all([jobs.round(), fillRoster(test, community, [changed])])
    await until(resealed)
    expect(await suites()).toEqual([0xa1])
    expect(await everyPhone()).toContain("13900009999")
    expect((await everyPhone()).length).toBeGreaterThanOrEqual(persons)
  })

  it(`move back and forth though the server is killed ${kills} times, each readable all the while`, async () => {
    const before = await everyPhone()
    let read = 0
    let halfway = 0
    const reading = new AbortController()
    const reader = (async () => {
      while (!reading.signal.aborted) {
        expect(await everyPhone()).toEqual(before)
        read += before.length
      }
    })()
    for (let killed = 0; killed < kills; killed += 1) {
      const child = await resealer(killed % 2 === 0 ? "S1" : "A1")
      // Most of them while some records have moved and others have not.
      await until(async () => (await suites()).length > 1, 5).catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, (killed * 13) % 60))
      child.kill("SIGKILL")
      await once(child, "exit")
      expect(await everyPhone()).toEqual(before)
      halfway += (await suites()).length - 1
    }
    reading.abort()
    await reader
    await test.house.vault.rotation.rotate("7", "S1")
    test.house.keyring.forget()
    await send(test, `POST ${keysAt("/reseal")}`, { as: keeper, body: {} })
    await until(resealed, 30)
    expect(await suites()).toEqual([0x51])
    expect(await everyPhone()).toEqual(before)
    expect(read).toBeGreaterThan(persons)
    process.stdout.write(
      `  killed ${String(kills)} times, ${String(halfway)} of them halfway, ${String(read)} reads, none failed\n`,
    )
  }, 600_000)

  it("open under the keys before from an old backup, until no backup is that old; then those are destroyed", async () => {
    const before = await everyPhone()
    const epochs = () => rows("select distinct kek_epoch from keyring.former_key")
    await jobs.round()
    const newest = await rows("select max(epoch) as kek_epoch from keyring.kek where tenant_id = 7")
    expect(await epochs()).toEqual(newest)
    test.time.ahead = 34 * 86_400_000
    await jobs.round()
    expect((await epochs()).length).toBe(1)
    // Brought back from a backup, and sealed under the very first key: it opens, and is moved, not lost.
    await rows("update app.record set sealed = $1 where subject_id = $2 and class = $3", [
      old?.sealed,
      old?.subject_id,
      old?.class,
    ])
    expect(await suites()).toEqual([0x51, 0xa1])
    expect(await everyPhone()).toEqual(before)
    test.time.ahead = 36 * 86_400_000
    await jobs.round()
    // What was moved just now has left a former key of its own, if any; the old ones are gone.
    expect(await suites()).toEqual([0x51])
    expect(
      await rows("select from keyring.former_key where replaced_at < now() - interval '1 minute'"),
    ).toEqual([])
    test.time.ahead = 0
    test.house.keyring.forget()
    expect(await everyPhone()).toEqual(before)
  })

  it("do not open when a byte is changed, whichever keys there are", async () => {
    const [victim] = await everyRecord()
    if (victim === undefined) throw new Error("no record")
    const spoiled = Buffer.from(victim.sealed)
    spoiled[30] = (spoiled[30] ?? 0) ^ 1
    await expect(factsOf({ ...victim, sealed: spoiled })).rejects.toThrow("unopenable")
    await expect(factsOf({ ...victim, version: victim.version + 1 })).rejects.toThrow("unopenable")
  })

  it("leave their old keys nowhere once their own are destroyed", async () => {
    await test.house.vault.rotation.rotate("7", "A1")
    await send(test, `POST ${keysAt("/reseal")}`, { as: keeper, body: {} })
    await until(resealed)
    const [gone] = await everyRecord()
    if (gone === undefined) throw new Error("no record")
    const name = { ...community, subjectId: gone.subject_id, class: gone.class }
    await test.house.keyring.destroy([name])
    expect(
      await rows("select from keyring.former_key where subject_id = $1 and class = $2", [
        gone.subject_id,
        gone.class,
      ]),
    ).toEqual([])
    expect(await factsOf(gone)).toBeUndefined()
  })
})

describe("the inventory", () => {
  it("tells of each epoch how many keys and records lie under it, and how often one was unwrapped", async () => {
    const { body } = await send(test, `GET ${keysAt("")}`, { as: keeper })
    const [company] = z(body["companies"])
    const newest = company?.keks.at(-1)
    expect(newest?.records).toBeGreaterThan(persons - 1)
    expect(newest?.wraps).toBeGreaterThanOrEqual(newest?.records ?? 0)
    const unwraps = newest?.unwraps ?? 0
    test.house.keyring.forget()
    await everyPhone()
    const again = z((await send(test, `GET ${keysAt("")}`, { as: keeper })).body["companies"])
    expect(again[0]?.keks.at(-1)?.unwraps).toBeGreaterThan(unwraps + persons - 1)
  })
})

interface Company {
  readonly keks: ReadonlyArray<{ records: number; wraps: number; unwraps: number }>
}

function z(value: unknown): readonly Company[] {
  return JSON.parse(JSON.stringify(value))
}

describe("a record that was set aside", () => {
  it("leaves the list once it was restored and opens, and not before", async () => {
    const [victim] = (await everyRecord()).filter((row) => row.class === "identity").slice(-1)
    if (victim === undefined) throw new Error("no record")
    const spoiled = Buffer.from(victim.sealed)
    spoiled[30] = (spoiled[30] ?? 0) ^ 1
    const lay = (sealed: Buffer) =>
      rows("update app.record set sealed = $1 where subject_id = $2 and class = $3", [
        sealed,
        victim.subject_id,
        victim.class,
      ])
    await lay(spoiled)
    await send(test, `POST ${keysAt("/rotate")}`, { as: keeper, body: { suite: "S1" } })
    await send(test, `POST ${keysAt("/reseal")}`, { as: keeper, body: {} })
    await until(resealed)
    const body = { subjectId: victim.subject_id, class: victim.class }
    const at = `POST ${keysAt("/quarantine/resolve")}` as const
    const listed = async () => (await send(test, `GET ${keysAt("")}`, { as: keeper })).body["quarantine"]
    expect(await listed()).toMatchObject([{ subjectId: victim.subject_id, class: "identity" }])
    expect((await send(test, at, { as: clerk, body })).body["code"]).toBe("post.not_allowed")
    expect((await send(test, at, { as: keeper, body })).body["code"]).toBe("record.unreadable")
    expect(await listed()).toHaveLength(1)
    const [still] = (await everyRecord()).filter(
      (row) => row.subject_id === victim.subject_id && row.class === "identity",
    )
    expect(still?.sealed.equals(spoiled)).toBe(true)
    await lay(victim.sealed)
    expect((await send(test, at, { as: keeper, body })).status).toBe(200)
    expect(await listed()).toEqual([])
    expect((await send(test, at, { as: keeper, body })).body["code"]).toBe("thing.absent")
    const traces = await rows(
      "select outcome from app.trace where act = 'keys.resolve_quarantine' order by seq",
    )
    expect(traces).toEqual([{ outcome: "refused" }, { outcome: "done" }])
  })

  it("comes back to the list when it does not open again", async () => {
    const [resolved] = await rows<{ subject_id: string }>(
      "select subject_id from app.quarantine where resolved_at is not null",
    )
    await rows(
      "update app.record set sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40)) where subject_id = $1 and class = 'identity'",
      [resolved?.subject_id],
    )
    await send(test, `POST ${keysAt("/reseal")}`, { as: keeper, body: {} })
    await until(resealed)
    const open = await rows<{ subject_id: string }>(
      "select subject_id from app.quarantine where resolved_at is null",
    )
    expect(open).toEqual([{ subject_id: resolved?.subject_id }])
  })
})
