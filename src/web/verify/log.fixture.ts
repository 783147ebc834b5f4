/** A signed log in memory, and what may be done to it. */

import { generateKeyPairSync, sign } from "node:crypto"
import { formatCheckpoint } from "../../ledger/checkpoint.ts"
import { verifyEd25519 } from "../../ledger/ed25519.ts"
import { contentOf, entryOf } from "../../ledger/entry.ts"
import { folderOf } from "../../ledger/log-name.ts"
import { leafHash, type Node, nodeHash, rangeHash } from "../../ledger/merkle.ts"
import { noteSigner, noteType, signNote, verifierKey } from "../../ledger/note.ts"
import { formatProof } from "../../ledger/proof.ts"
import { proofFrom, receiptOf } from "../../ledger/receipt.ts"
import { encodeBundle, newBundles, newTiles, tilePath, tileWidth } from "../../ledger/tile.ts"
import type { Trace } from "../../ledger/trace.ts"
import type { PublicLogs } from "./public-logs.ts"

const origin = "hudun/0123456789abcdef/10"

export interface TestLog {
  /** By path below the log's folder. */
  readonly files: Map<string, Uint8Array>
  readonly logs: PublicLogs
  /** The signed checkpoint at a size. */
  readonly noteAt: (size: number) => string
  readonly receipt: (index: number, size: number) => Promise<string>
}

export function traceNumber(number: number): Trace {
  return {
    communityId: "10",
    traceId: `01930000-0000-7000-8000-${String(number).padStart(12, "0")}`,
    at: 1_790_000_000_000 + number,
    actor: null,
    post: "clerk",
    act: "use.look",
    clause: "4.2",
    purpose: "repair",
    useId: null,
    subjects: ["7"],
    fields: ["phone"],
    outcome: "done",
    regimeVersion: 1,
    client: "console",
    salt: new Uint8Array(16).fill(number % 256),
  }
}

/** A log of so many traces, published at its end. */
export function makeLog(size: number, trace = traceNumber): TestLog {
  const entries = Array.from({ length: size }, (_, index) => {
    const one = trace(index)
    return entryOf(contentOf(one), one.salt)
  })
  const leaves = entries.map(leafHash)
  const hashOf = ({ level, index }: Node): Uint8Array => {
    if (level === 0) return leaves[index] ?? new Uint8Array(0)
    return nodeHash(
      hashOf({ level: level - 1, index: 2 * index }),
      hashOf({ level: level - 1, index: 2 * index + 1 }),
    )
  }
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const raw = new Uint8Array(publicKey.export({ type: "spki", format: "der" }).subarray(-32))
  const key = {
    publicKey: raw,
    sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)),
  }
  const noteAt = (at: number) => {
    const root = rangeHash({ start: 0, end: at }, hashOf)
    return signNote(formatCheckpoint({ origin, size: at, root, extensions: [] }), [noteSigner(origin, key)])
  }
  const files = new Map<string, Uint8Array>([["checkpoint", new TextEncoder().encode(noteAt(size))]])
  for (const tile of newTiles(0, size)) {
    const level = typeof tile.level === "number" ? tile.level * 8 : 0
    const nodes = Array.from({ length: tile.width }, (_, at) => ({
      level,
      index: tile.index * tileWidth + at,
    }))
    files.set(tilePath(tile), new Uint8Array(Buffer.concat(nodes.map(hashOf))))
  }
  for (const bundle of newBundles(0, size)) {
    const from = bundle.index * tileWidth
    files.set(tilePath(bundle), encodeBundle(entries.slice(from, from + bundle.width)))
  }
  const read = (path: string) => Promise.resolve(files.get(path))
  const logs: PublicLogs = {
    keys: () => Promise.resolve([verifierKey(origin, noteType, raw)]),
    files: (name) => ({
      read: folderOf(name) === folderOf(origin) ? read : () => Promise.resolve(undefined),
    }),
    witnesses: () => Promise.resolve(undefined),
    ed25519: verifyEd25519,
  }
  return {
    files,
    logs,
    noteAt,
    receipt: async (index, at) =>
      formatProof(receiptOf(await proofFrom({ read }, index, noteAt(at)), trace(index))),
  }
}
