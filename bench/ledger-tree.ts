/** P9, P10: verify a whole log offline on one core; make proofs at every power of ten; bytes on disk for an entry. */

import { randomBytes } from "node:crypto"
import { mkdirSync, writeFileSync } from "node:fs"
import { readFile, stat } from "node:fs/promises"
import { dirname, join } from "node:path"
import { filesAt } from "../src/cli/options.ts"
import type { Commit } from "../src/ledger/disk.ts"
import { openDisk } from "../src/ledger/disk.ts"
import { verifyEd25519 } from "../src/ledger/ed25519.ts"
import { Lanes } from "../src/ledger/lanes.ts"
import { folderOf, originOf } from "../src/ledger/log-name.ts"
import type { LogFiles } from "../src/ledger/log-walk.ts"
import { LogWriter, type OwnLog } from "../src/ledger/log-writer.ts"
import { leafHash, nodeHash } from "../src/ledger/merkle.ts"
import { noteSigner, noteType, noteVerifier, verifierKey } from "../src/ledger/note.ts"
import { proofFrom } from "../src/ledger/receipt.ts"
import { keyOfSeed } from "../src/ledger/signing-key.ts"
import { verifyLog } from "../src/ledger/verify.ts"
import { type Line, spreadOf } from "./report.ts"

const key = keyOfSeed(randomBytes(32))
const origin = originOf("00000000000000dd", "1")
const log: OwnLog = {
  origin,
  folder: folderOf(origin),
  signer: noteSigner(origin, key),
  verifier: noteVerifier(verifierKey(origin, noteType, key.publicKey), verifyEd25519),
}
const step = 65_536

export async function treeLines({
  data,
  leaves,
  only,
}: {
  data: string
  leaves: number
  only: readonly string[]
}): Promise<Line[]> {
  const root = join(data, "tree")
  const sizes = [10_000, 100_000, 1_000_000, 10_000_000].filter((size) => size <= leaves)
  const notes = await build(root, sizes)
  const files = filesAt(join(root, log.folder))
  const lines: Line[] = []
  if (only.includes("P9")) lines.push(await verifyLine(files, sizes.at(-1) ?? 0))
  if (only.includes("P10")) {
    const disk = openDisk(root)
    const served: LogFiles = { read: (path) => disk.read(`${log.folder}/${path}`) }
    for (const [size, note] of notes) lines.push(await proofLine(served, size, note))
  }
  lines.push(await bytesLine(join(root, log.folder)))
  return lines
}

/** Not synced: what is measured is reading. */
async function build(root: string, sizes: readonly number[]): Promise<Map<number, string>> {
  const put = ({ path, bytes }: { path: string; bytes: Uint8Array }) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), bytes)
    return Promise.resolve()
  }
  const disk = {
    read: (path: string) => readFile(join(root, path)).catch(() => undefined),
    commit: async ({ fresh, heads }: Commit) => void (await Promise.all([...fresh, ...heads].map(put))),
    replace: put,
    removeFolder: () => Promise.resolve(),
    recover: () => Promise.resolve(),
    settle: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
  const writer = await LogWriter.open(disk, log)
  const notes = new Map<number, string>()
  for (const size of sizes) {
    while (writer.size < size) {
      const block = randomBytes(32 * Math.min(step, size - writer.size))
      const entries = Array.from({ length: block.length / 32 }, (_, at) =>
        block.subarray(at * 32, at * 32 + 32),
      )
      await writer.publish([writer.plan(entries)])
    }
    notes.set(size, writer.note)
  }
  return notes
}

async function verifyLine(files: LogFiles, size: number): Promise<Line> {
  const policy = { origin, verifiers: [log.verifier], witnesses: [], quorum: 0 }
  const hashing = new Lanes()
  const [rates, bare, busy]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < 5; round++) {
    const start = performance.now()
    const before = process.cpuUsage()
    await verifyLog({ files, policy, hashing })
    rates.push((size * 1_000) / (performance.now() - start))
    const { user, system } = process.cpuUsage(before)
    busy.push((size * 1e6) / (user + system))
    bare.push(bareRate(Math.min(size, 500_000)))
  }
  const ratios = spreadOf(rates.map((rate, at) => rate / (bare[at] ?? 1)))
  const { median } = spreadOf(rates)
  return {
    id: "P9",
    workload: `verify ${size} leaves offline, one core`,
    value: median,
    unit: "leaves/s",
    ratio: ratios.median,
    quartiles: ratios.quartiles,
    baseline: spreadOf(bare).median,
    goal: 550_000,
    met: median >= 550_000,
    note: `${Math.round(spreadOf(busy).median)} a second of processor`,
  }
}

/** One leaf and one node a leaf, nothing read. */
function bareRate(count: number): number {
  const start = performance.now()
  let node = leafHash(new Uint8Array(32))
  for (let at = 0; at < count; at++) node = nodeHash(leafHash(node), node)
  return (count * 1_000) / (performance.now() - start)
}

async function proofLine(files: LogFiles, size: number, note: string): Promise<Line> {
  const times: number[] = []
  for (let round = 0; round < 200; round++) {
    const index = Math.floor(Math.random() * size)
    const start = performance.now()
    await proofFrom(files, index, note)
    times.push(performance.now() - start)
  }
  const { median, quartiles } = spreadOf(times)
  return {
    id: "P10",
    workload: `proof of inclusion among ${size}`,
    value: median,
    unit: "ms",
    ratio: null,
    quartiles,
    baseline: null,
    goal: 1,
    met: median <= 1,
  }
}

/** Of one full tile and bundle, and its share of the tiles above. */
async function bytesLine(folder: string): Promise<Line> {
  const tile = (await stat(join(folder, "tile/0/000"))).size
  const bundle = (await stat(join(folder, "tile/entries/000"))).size
  return {
    id: "P10",
    workload: `bytes of tiles for an entry (and ${(bundle / 256).toFixed(0)} of the bundle of entries)`,
    value: (tile / 256) * (1 + 1 / 256 + 1 / 65_536),
    unit: "B",
    ratio: null,
    baseline: null,
    goal: 33,
    met: tile / 256 < 33,
  }
}
