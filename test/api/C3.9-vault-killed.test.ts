/**
 * A server killed in the middle of rotation, while others read. 3 kills in `npm test`; the full 50 with
 * `HUDUN_KILLS=50 npx vitest run --project api test/api/C3.9-vault-killed.test.ts`.
 */

import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { KeyKeeper } from "../../src/duty/keys/jobs.ts"
import type { Actor } from "../../src/ledger/spine.ts"
import { type FindAsk, foundTogether, type PlacedCard } from "../../src/lifecycle/store/found-together.ts"
import { tag } from "../../src/vault/blind-index.ts"
import { openRecord } from "../../src/vault/record.ts"
import { program, type TestDatabase } from "../database.ts"
import { actorOf, appoint, fillRoster, makeCommunity, syntheticRoster, type TestHouse } from "../house.ts"
import { openDatabase, startOver, until } from "../vault/house.ts"

const kills = Number(process.env["HUDUN_KILLS"] ?? 3)
const persons = 120
const kept = 100
let database: TestDatabase
let test: TestHouse
let clerk: Actor
let byTag: (ask: FindAsk) => Promise<PlacedCard[]>
const community = { tenantId: "7", communityId: "70" }

beforeAll(async () => {
  database = await openDatabase()
  test = await startOver(database, { keptKeys: kept })
  await makeCommunity(test, 7)
  await fillRoster(test, community, syntheticRoster(persons, 3))
  byTag = test.house.spine.database.gathering<FindAsk, PlacedCard>(foundTogether)
  clerk = actorOf(await appoint(test, { community, post: "clerk" }), community)
})
afterAll(async () => {
  await test.close()
  await database.stop()
})

async function rows<Row extends object>(text: string): Promise<Row[]> {
  const admin = await database.superuser()
  try {
    return (await admin.query<Row>(text)).rows
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

async function open({ subject_id: subjectId, class: code, version, sealed }: Sealed): Promise<void> {
  const key = await test.house.keyring.dataKey({ ...community, subjectId, class: code })
  if (key === undefined) throw new Error("no key")
  const place = { tenant: "7", community: "70", subject: subjectId, name: code, version }
  if (Object.keys(openRecord(key, place, sealed)).length === 0) throw new Error("no facts")
}

/** As the search does, but for its trace: the index key in use, one statement for all who seek. */
async function find(number: number): Promise<number> {
  const value = `139${String(10_000_000 + number * 37).slice(0, 8)}`
  const index = await test.house.keyring.indexKey(community.tenantId, community.communityId)
  const sought = tag(index, { community: community.communityId, kind: "phone", value })
  const ask = {
    communityId: community.communityId,
    kind: "phone",
    tag: sought,
    building: undefined,
    limit: 20,
  }
  return (await byTag({ ...ask, context: clerk.context })).length
}

async function rotator(): Promise<ChildProcess> {
  const { host = "", port = 0 } = database.as("hudun_app")
  const script = join(program, "test", "vault", "rotator.ts")
  const args = [script, database.data, program, host, String(port), String(kept)]
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] })
  await once(child.stdout, "data")
  return child
}

it(`killed ${kills} times while it wraps keys and makes tags anew: every value is readable all the while`, async () => {
  const sealed = await rows<Sealed>("select subject_id, class, version, sealed from app.record")
  let reads = 0
  const errors: string[] = []
  let isOver = false
  const reader = async (): Promise<void> => {
    for (let at = 0; !isOver; at = (at + 7) % sealed.length) {
      const one = sealed[at]
      if (one === undefined) break
      await open(one).catch((error: unknown) => void errors.push(String(error)))
      const found = await find(at % persons)
      if (found !== 1) errors.push(`phone ${at % persons}: ${found}`)
      reads += 2
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const reading = reader()
  const bare: unknown[] = []
  for (let at = 0; at < kills; at++) {
    const child = await rotator()
    await new Promise((resolve) => setTimeout(resolve, 20 + ((at * 97) % 500)))
    child.kill("SIGKILL")
    await once(child, "exit")
    bare.push(
      ...(await rows(
        "select from keyring.data_key where get_byte(wrapped, 0) <> 2 or octet_length(wrapped) < 50",
      )),
    )
  }
  const keeper = new KeyKeeper(test.house)
  await until(async () => {
    await keeper.round()
    const keys = await rows("select from keyring.index_key where state <> 'active'")
    return keys.length === 0
  }, 30)
  isOver = true
  await reading
  test.house.keyring.forget()
  for (const one of sealed) await open(one)
  for (let number = 0; number < persons; number++) expect(await find(number)).toBe(1)
  const [left] = await rows<{ epochs: number; keks: number }>(
    `select (select count(distinct epoch)::int from app.blind_index) as epochs,
         (select count(distinct kek_epoch)::int from keyring.data_key where tenant_id = 7) as keks`,
  )
  const [done] = await rows<{ kek: number; index: number }>(
    `select (select max(epoch) from keyring.kek where tenant_id = 7) as kek, (select max(epoch) from keyring.index_key) as index`,
  )
  process.stdout.write(
    `${kills} kills, ${reads} reads, ${errors.length} errors; KEK epochs ${done?.kek}, index epochs ${done?.index}\n`,
  )
  expect({ errors, bare, left }).toEqual({ errors: [], bare: [], left: { epochs: 1, keks: 1 } })
  expect(reads).toBeGreaterThan(kills * 10)
}, 900_000)
