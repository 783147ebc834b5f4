/** What a superuser of the database who also owns the files, and has stolen the log's key, may do to the log. */

import { randomBytes, randomUUID } from "node:crypto"
import type pg from "pg"
import { keyOfSeed } from "../../src/ledger/signing-key.ts"
import { cosignedFile } from "../../src/ledger/verify.ts"
import { cosigned, entriesOf, folder, publish } from "./attacked-log.ts"
import type { Files } from "./memory-disk.ts"
import type { Chance } from "./seeded.ts"

export interface Victim {
  /** As superuser, in a transaction that is rolled back afterwards, with triggers off. */
  readonly client: pg.Client
  /** A copy. */
  readonly files: Files
  readonly chance: Chance
  readonly size: number
  /** The size of the checkpoint that somebody keeps. */
  readonly kept: number
}

export type Attack = (victim: Victim) => Promise<void>

const one = "select trace_id from app.trace where community_id = 70 order by seq offset $1 limit 1"

/** A trace is removed, and its place shows nothing. */
const deleteTrace: Attack = async ({ client, chance, size }) => {
  await client.query(`delete from app.trace where trace_id = (${one})`, [chance.int(size)])
}

/** A trace is removed, and its place with it: all behind it move up. */
const deleteTracelessly: Attack = async ({ client, chance, size }) => {
  const { rows } = await client.query<{ id: string }>(
    `delete from app.trace where trace_id = (${one}) returning trace_id as id`,
    [chance.int(size)],
  )
  const id = rows[0]?.id
  await client.query(
    "update app.ledger_batch set trace_ids = array_remove(trace_ids, $1), count = count - 1 where $1 = any (trace_ids)",
    [id],
  )
  await client.query("update app.ledger_batch set first_index = first_index - 1 where first_index > 0")
}

const edits = [
  "actor = gen_random_uuid()",
  "outcome = case outcome when 'done' then 'refused' else 'done' end",
  "purpose = coalesce(purpose, '') || 'x'",
  "fields = array_append(fields, 'id_number')",
  "fields = '{}'",
  "subjects = array_append(subjects, 4711)",
  "at = at + interval '1 millisecond'",
  "at = at - interval '3 hours'",
  "post = 'auditor'",
  "act = 'trace.list'",
  "client = client || ' '",
  "use_id = null",
  "regime_version = regime_version + 1",
  "salt = set_byte(salt, 3, (get_byte(salt, 3) + 1) % 256)",
] as const

const editTrace: Attack = async ({ client, chance, size }) => {
  await client.query(`update app.trace set ${chance.pick(edits)} where trace_id = (${one})`, [
    chance.int(size),
  ])
}

/** Two traces change places. */
const reorder: Attack = async ({ client, chance, size }) => {
  const at = chance.int(size - 1)
  const { rows } = await client.query<{ id: string }>(
    "select trace_id as id from app.trace where community_id = 70 order by seq offset $1 limit 2",
    [at],
  )
  const [first, second] = rows.map(({ id }) => id)
  await client.query(
    `update app.ledger_batch set trace_ids = array(
       select case i when $1 then $2::uuid when $2 then $1::uuid else i end from unnest(trace_ids) i)
     where trace_ids && array[$1::uuid, $2::uuid]`,
    [first, second],
  )
}

/** A trace of something that was never done. */
const invent: Attack = async ({ client, chance, size }) => {
  const id = randomUUID()
  await client.query(
    `insert into app.trace (community_id, trace_id, at, actor, post, act, clause, purpose, use_id, subjects, fields,
       outcome, regime_version, client, salt)
     select community_id, $2, at, gen_random_uuid(), post, act, clause, purpose, use_id, subjects, fields,
       outcome, regime_version, client, salt from app.trace where trace_id = (${one})`,
    [chance.int(size), id],
  )
  await client.query(
    `update app.ledger_batch set trace_ids = trace_ids[:$1] || $2::uuid || trace_ids[$1 + 1:], count = count + 1
     where community_id = 70 and first_index = 0`,
    [chance.int(10), id],
  )
}

/** The newest part of the history goes, in the database only. */
const truncateTable: Attack = async ({ client, chance }) => {
  const { rows } = await client.query<{ first: string }>(
    "select first_index as first from app.ledger_batch order by first_index",
  )
  const from = chance.pick(rows).first
  await client.query(
    "delete from app.trace using app.ledger_batch b where b.first_index >= $1 and app.trace.trace_id = any (b.trace_ids)",
    [from],
  )
  await client.query("delete from app.ledger_batch where first_index >= $1", [from])
}

/** The files of the tree as it is; parts of tiles that have grown since are nobody's any more. */
function filesOf({ files, size }: Victim): string[] {
  const partial = /\.p\/(\d+)$/
  const widths = new Set([size % 256, Math.floor(size / 256)].map(String))
  return [...files.keys()].filter((path) => widths.has(partial.exec(path)?.[1] ?? "") || !partial.test(path))
}

const flipBit: Attack = (victim) => {
  const { files, chance } = victim
  const path = chance.pick(filesOf(victim))
  const bytes = Uint8Array.from(files.get(path) ?? [])
  const at = chance.int(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.int(8))
  files.set(path, bytes)
  return Promise.resolve()
}

const cutFile: Attack = (victim) => {
  const { files, chance } = victim
  const path = chance.pick(filesOf(victim))
  const bytes = files.get(path) ?? new Uint8Array(0)
  files.set(path, bytes.slice(0, chance.int(bytes.length)))
  return Promise.resolve()
}

const removeFile: Attack = (victim) => {
  victim.files.delete(victim.chance.pick(filesOf(victim)))
  return Promise.resolve()
}

/** The whole tree is made anew from a changed table and signed with the stolen key; the witness does not sign. */
const forkWith =
  (change: Attack): Attack =>
  async (victim) => {
    await change(victim)
    const { files, client, chance } = victim
    const entries: Uint8Array[] = []
    for await (const entry of entriesOf(client)) if (entry.length > 0) entries.push(entry)
    const kept = files.get(`${folder}/${cosignedFile}`)
    files.clear()
    const { note } = await publish(entries, files)
    forge(victim, note, chance.pick(["old", "none", "stranger", "bare"]), kept)
  }

/** What the attacker puts where the witness's word should be. */
function forge({ files }: Victim, note: string, how: string, kept: Uint8Array | undefined): void {
  const path = `${folder}/${cosignedFile}`
  const stranger = { name: "witness.test", key: keyOfSeed(randomBytes(32)) }
  if (how === "old" && kept !== undefined) files.set(path, kept)
  if (how === "stranger") files.set(path, cosigned(note, stranger))
  if (how === "bare") files.set(path, new TextEncoder().encode(note))
}

/** Everything is set back to a true older state, before the kept checkpoint, witness's word included. */
const rollBack: Attack = async ({ client, files, chance, kept }) => {
  const { rows } = await client.query<{ size: string }>(
    "select first_index as size from app.ledger_batch where first_index <= $1 order by 1",
    [kept - 1],
  )
  const size = Number(chance.pick(rows).size)
  const entries: Uint8Array[] = []
  for await (const entry of entriesOf(client)) if (entries.length < size) entries.push(entry)
  await client.query("delete from app.ledger_batch where first_index >= $1", [size])
  files.clear()
  const { note } = await publish(entries, files)
  if (note !== "") files.set(`${folder}/${cosignedFile}`, cosigned(note))
}

/** The newest leaves go, and the shorter tree is signed with the stolen key. */
const shorten: Attack = async (victim) => {
  const { client, files, chance, kept, size } = victim
  const left = kept + chance.int(size - kept)
  const entries: Uint8Array[] = []
  for await (const entry of entriesOf(client)) if (entries.length < left) entries.push(entry)
  const word = files.get(`${folder}/${cosignedFile}`)
  files.clear()
  const { note } = await publish(entries, files)
  forge(victim, note, chance.pick(["old", "none", "stranger", "bare"]), word)
}

export const attacks: Readonly<Record<string, Attack>> = {
  deleteTrace,
  deleteTracelessly,
  editTrace,
  reorder,
  invent,
  truncateTable,
  flipBit,
  cutFile,
  removeFile,
  forkByDeletion: forkWith(deleteTracelessly),
  forkByEdit: forkWith(editTrace),
  forkByOrder: forkWith(reorder),
  forkByInvention: forkWith(invent),
  rollBack,
  shorten,
}
