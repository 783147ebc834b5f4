/** A published and witnessed log, on a real database and in files, with one checkpoint that somebody kept. Clause 3.12. */

import { randomBytes } from "node:crypto"
import type pg from "pg"
import { cosign, cosignatureVerifier } from "../../src/ledger/cosignature.ts"
import { verifyEd25519 } from "../../src/ledger/ed25519.ts"
import { folderOf, originOf } from "../../src/ledger/log-name.ts"
import { traceEntry } from "../../src/ledger/log-opening.ts"
import { LogWriter, type OwnLog } from "../../src/ledger/log-writer.ts"
import {
  cosignatureType,
  noteSigner,
  noteType,
  noteVerifier,
  parseNote,
  signatureLine,
  verifierKey,
} from "../../src/ledger/note.ts"
import type { Policy } from "../../src/ledger/proof.ts"
import { keyOfSeed } from "../../src/ledger/signing-key.ts"
import { cosignedFile } from "../../src/ledger/verify.ts"
import { type Files, memoryDisk } from "./memory-disk.ts"

const logKey = keyOfSeed(randomBytes(32))
const witness = { name: "witness.test", key: keyOfSeed(randomBytes(32)) }
const utf8 = new TextEncoder()

const origin = originOf("00000000000000aa", "70")
export const folder = folderOf(origin)

export const ownLog: OwnLog = {
  origin,
  folder,
  signer: noteSigner(origin, logKey),
  verifier: noteVerifier(verifierKey(origin, noteType, logKey.publicKey), verifyEd25519),
}

/** What somebody believes who holds the log's key and one witness's. */
export const policy: Policy = {
  origin,
  verifiers: [ownLog.verifier],
  witnesses: [
    cosignatureVerifier(verifierKey(witness.name, cosignatureType, witness.key.publicKey), verifyEd25519),
  ],
  quorum: 1,
}

/** The log that these entries make, signed. */
export async function publish(entries: readonly Uint8Array[], files: Files): Promise<LogWriter> {
  const writer = await LogWriter.open(memoryDisk(files), ownLog)
  if (entries.length > 0) await writer.publish([writer.plan(entries)])
  return writer
}

export function cosigned(note: string, by = witness): Uint8Array {
  return utf8.encode(note + signatureLine(cosign(parseNote(note).text, by, 1_764_000_000)))
}

export function addCosigned(files: Files, note: string): void {
  files.set(`${folder}/${cosignedFile}`, cosigned(note))
}

/** The entries that the database makes of its traces, in the order in which its batches put them. */
export async function* entriesOf(client: pg.Client): AsyncGenerator<Uint8Array> {
  const { rows } = await client.query<Record<string, unknown>>(`
    select t.*, t.community_id::text as community, (extract(epoch from t.at) * 1000)::bigint::text as ms
    from app.ledger_batch b cross join lateral unnest(b.trace_ids) with ordinality as i (id, place)
    left join app.trace t on t.community_id = b.community_id and t.trace_id = i.id
    where b.community_id = 70 order by b.first_index, i.place`)
  for (const row of rows) yield row["trace_id"] === null ? new Uint8Array(0) : traceEntry(traceFrom(row))
}

function traceFrom(row: Readonly<Record<string, unknown>>) {
  const text = (name: string) => String(row[name])
  const maybe = (name: string) => (row[name] === null ? null : text(name))
  const list = (name: string) => (Array.isArray(row[name]) ? row[name].map(String) : [])
  const salt = row["salt"]
  return {
    communityId: text("community"),
    traceId: text("trace_id"),
    at: Number(row["ms"]),
    actor: maybe("actor"),
    post: text("post"),
    act: text("act"),
    clause: text("clause"),
    purpose: maybe("purpose"),
    useId: maybe("use_id"),
    subjects: list("subjects"),
    fields: list("fields"),
    outcome: text("outcome") === "refused" ? ("refused" as const) : ("done" as const),
    regimeVersion: Number(row["regime_version"]),
    client: text("client"),
    salt: salt instanceof Uint8Array ? salt : new Uint8Array(0),
  }
}
