/** Clause 3.12: whoever holds one old checkpoint, the log's key and a witness's key finds every attack offline. */

import type pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { traceEntry } from "../../src/ledger/log-opening.ts"
import { Broken } from "../../src/ledger/log-walk.ts"
import { LogWriter } from "../../src/ledger/log-writer.ts"
import { verifyLog } from "../../src/ledger/verify.ts"
import { openTestDatabase, type TestDatabase } from "../database.ts"
import { addTraces, syntheticTrace } from "../ledger.ts"
import { addCosigned, entriesOf, folder, ownLog, policy, publish } from "./attacked-log.ts"
import { attacks } from "./attacks.ts"
import { type Files, memoryDisk, memoryFiles } from "./memory-disk.ts"
import { seeded } from "./seeded.ts"

/** The whole figure with ATTACKS=2000. */
const count = Number(process.env["ATTACKS"] ?? 300)
const batches = [40, 3, 200, 90, 1, 77, 180, 9]

let database: TestDatabase
let client: pg.Client
const files: Files = new Map()
let kept = ""
let keptSize = 0
let size = 0

/** What the publisher does, without its clock: batches in the database, tiles in files, the witness's word. */
beforeAll(async () => {
  database = await openTestDatabase()
  client = await database.superuser()
  await client.query("insert into app.tenant values (7, '测试物业', 'A1', false, now())")
  await client.query("insert into app.community values (70, 7, '测试小区', false, now())")
  await client.query("insert into app.ledger_log values (70, $1, $2, now())", [
    ownLog.origin,
    Buffer.alloc(32),
  ])
  for (const [at, amount] of batches.entries()) {
    const writer = await grow(amount)
    if (at === 3) [kept, keptSize] = [writer.note, writer.size]
    size = writer.size
    addCosigned(files, writer.note)
  }
})
afterAll(async () => {
  await client.end()
  await database.stop()
})

async function grow(amount: number): Promise<LogWriter> {
  const ids = await addTraces(client, "70", amount)
  const writer = await LogWriter.open(memoryDisk(files), ownLog)
  await client.query(
    `insert into app.ledger_batch select 70, $1, $2, $3, max(tx::text)::xid8, max(seq), $4, now() from app.trace where trace_id = any ($3)`,
    [writer.size, amount, ids, Buffer.alloc(32)],
  )
  const entries: Uint8Array[] = []
  for await (const entry of entriesOf(client)) entries.push(entry)
  await writer.publish([writer.plan(entries.slice(writer.size))])
  return writer
}

const examine = (attacked: Files) =>
  verifyLog({ files: memoryFiles(attacked, folder), policy, kept: [kept], entries: entriesOf(client) })

describe("a log under attack", () => {
  test("is good before anything is done to it", async () => {
    await expect(examine(files)).resolves.toMatchObject({ witnessed: size })
  })

  test(`${count} attacks by a superuser are all found`, { timeout: 900_000 }, async () => {
    const missed: string[] = []
    const names = Object.keys(attacks)
    for (let seed = 0; seed < count; seed++) {
      const name = names[seed % names.length] ?? ""
      const attacked = new Map(files)
      await client.query("begin")
      await client.query("set local session_replication_role = replica")
      await attacks[name]?.({ client, files: attacked, chance: seeded(seed), size, kept: keptSize })
      const found = await examine(attacked).then(
        () => false,
        (error: unknown) => {
          if (error instanceof Broken) return true
          throw error
        },
      )
      await client.query("rollback")
      if (!found) missed.push(`${name} ${seed}`)
    }
    expect(missed).toEqual([])
    await expect(examine(files)).resolves.toBeDefined()
  })

  test("100 clean logs raise no alarm", { timeout: 300_000 }, async () => {
    for (let seed = 0; seed < 100; seed++) {
      const chance = seeded(seed)
      const own: Files = new Map()
      const made = Array.from({ length: 1 + chance.int(1_200) }, () => traceEntry(syntheticTrace("70")))
      const cut = 1 + chance.int(made.length)
      const { note } = await publish(made.slice(0, cut), own)
      const whole = await publish(made.slice(cut), own)
      addCosigned(own, whole.note)
      const entries = made.values()
      const async = (async function* () {
        yield* entries
      })()
      await verifyLog({ files: memoryFiles(own, folder), policy, kept: [note], entries: async })
    }
  })
})
