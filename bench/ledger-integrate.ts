/** P8: from durable rows to a signed tree on stable storage, end to end, against nothing but the hashes of leaves and nodes. */

import { randomBytes } from "node:crypto"
import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { openDisk } from "../src/ledger/disk.ts"
import { leafHash, nodeHash } from "../src/ledger/merkle.ts"
import { PublishSql } from "../src/ledger/publish-sql.ts"
import { Publisher } from "../src/ledger/publisher.ts"
import { keyOfSeed } from "../src/ledger/signing-key.ts"
import { addTraces } from "../test/ledger.ts"
import type { LedgerPlace } from "./ledger-append.ts"
import { productDatabase, withAdmin } from "./postgres.ts"
import { type Line, spreadOf } from "./report.ts"

export async function integrateLines({ data, socket, isQuick }: LedgerPlace): Promise<Line[]> {
  const folder = join(data, "ledger")
  await mkdir(folder, { recursive: true })
  const key = keyOfSeed(randomBytes(32))
  const publisher = new Publisher({
    sequence: new PublishSql({ ...socket, user: "hudun_publish", database: productDatabase }),
    disk: openDisk(folder),
    installation: () => Promise.resolve({ name: "00000000000000cc", key }),
    folder,
    clock: Date.now,
    topEvery: 10_000,
  })
  await drain(publisher)
  const [rates, bare, busy]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < (isQuick ? 3 : 5); round++) {
    const count = isQuick ? 16_384 : 65_536
    await withAdmin(socket, productDatabase, async (admin) => {
      for (let left = count; left > 0; left -= 4_096) await addTraces(admin, "991", Math.min(left, 4_096))
    })
    const start = performance.now()
    const before = process.cpuUsage()
    const done = await drain(publisher)
    rates.push((done * 1_000) / (performance.now() - start))
    const { user, system } = process.cpuUsage(before)
    busy.push((done * 1e6) / (user + system))
    bare.push(hashesPerSecond(count))
  }
  await publisher.stop()
  const ratios = spreadOf(rates.map((rate, at) => rate / (bare[at] ?? 1)))
  const { median } = spreadOf(rates)
  return [
    {
      id: "P8",
      workload: "integrate: read rows, commit to them, place, tiles, fsync, sign",
      value: median,
      unit: "leaves/s",
      ratio: ratios.median,
      quartiles: ratios.quartiles,
      baseline: spreadOf(bare).median,
      goal: 100_000,
      met: median >= 100_000,
      note: `${Math.round(spreadOf(busy).median)} a second of processor`,
    },
  ]
}

async function drain(publisher: Publisher): Promise<number> {
  let all = 0
  for (let done = -1; done !== 0; all += done) done = await publisher.round()
  return all
}

/** One leaf and one node a leaf. */
function hashesPerSecond(count: number): number {
  const start = performance.now()
  let node = leafHash(new Uint8Array(32))
  for (let at = 0; at < count; at++) node = nodeHash(leafHash(node), node)
  return (count * 1_000) / (performance.now() - start)
}
