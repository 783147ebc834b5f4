/**
 * Tables as files, and files as tables: `copy` in text form, one file a table, all of one snapshot. Written whole or not at
 * all: into a folder of another name, flushed, and renamed when everything lies there. Clause 5.4.
 */

import { createHash } from "node:crypto"
import { createReadStream, createWriteStream } from "node:fs"
import { mkdir, open, rename, rm } from "node:fs/promises"
import { basename, dirname, join } from "node:path"
import { Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import pg from "pg"
import { copyIn, copyOut } from "./copy.ts"

export interface DumpTable {
  /** Without its schema. */
  readonly name: string
  readonly columns: readonly string[]
}

export interface DumpFile {
  readonly name: string
  readonly bytes: number
  /** Hexadecimal digits. */
  readonly sha256: string
}

export interface DumpedTable extends DumpTable {
  readonly rows: number
  readonly file: DumpFile
}

/** The tables of a schema by name, with the columns that can be written. */
export async function tablesOf(client: pg.ClientBase, schema: string): Promise<DumpTable[]> {
  const { rows } = await client.query<DumpTable>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where n.nspname = $1 and c.relkind = 'r' group by c.relname order by c.relname`,
    [schema],
  )
  return rows
}

/** Makes `folder` by `fill`, which gets the folder to write into. A folder that is there already is not touched: throws EEXIST. */
export async function writeWhole(folder: string, fill: (draft: string) => Promise<void>): Promise<void> {
  const draft = join(dirname(folder), `.${basename(folder)}.part`)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  try {
    await fill(draft)
    await flush(draft)
    // rename would replace an empty folder without a word.
    await mkdir(folder, { mode: 0o700 })
    await rename(draft, folder)
    await flush(dirname(folder))
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Writes a table below `folder`. */
export async function dumpTable(
  client: pg.ClientBase,
  { schema, table }: { schema: string; table: DumpTable },
  folder: string,
): Promise<DumpedTable> {
  const name = `${table.name}.copy`
  const digest = digesting()
  const file = createWriteStream(join(folder, name), { flags: "wx", mode: 0o600, flush: true })
  const written = pipeline(digest.through, file)
  // Told by the copy as well; whoever is second is heard by nobody.
  written.catch(() => undefined)
  const rows = await copyOut(client, `copy ${target(schema, table)} to stdout`, digest.through).catch(
    async (error: unknown) => {
      digest.through.destroy()
      // Closed before its folder is removed.
      await written.catch(() => undefined)
      throw error
    },
  )
  digest.through.end()
  await written
  return { ...table, rows, file: { name, ...digest.result() } }
}

/** Writes a small file beside the tables. */
export async function writeFlushed(
  folder: string,
  name: string,
  content: string | Uint8Array,
): Promise<DumpFile> {
  const file = await open(join(folder, name), "wx", 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  const bytes = Buffer.byteLength(content)
  return { name, bytes, sha256: createHash("sha256").update(content).digest("hex") }
}

/** Whether the file is what it was. */
export async function isIntact(folder: string, { name, bytes, sha256 }: DumpFile): Promise<boolean> {
  const digest = digesting()
  digest.through.resume()
  const read = await pipeline(createReadStream(join(folder, name)), digest.through).then(
    () => digest.result(),
    () => undefined,
  )
  return read?.bytes === bytes && read.sha256 === sha256
}

/**
 * Fills a schema from a folder, in the transaction of `owner`, who owns the tables: what migrations put there is replaced, and
 * every key and check holds for what comes in. Triggers of ours do not run: histories come back as they were.
 */
export async function loadTables(
  owner: pg.ClientBase,
  { schema, folder, tables }: { schema: string; folder: string; tables: readonly DumpedTable[] },
  onTable: (done: number) => void,
): Promise<void> {
  const names = (await tablesOf(owner, schema)).map((table) => nameOf(schema, table.name))
  await owner.query(names.map((name) => `alter table ${name} no force row level security`).join(";"))
  await owner.query(names.map((name) => `alter table ${name} disable trigger user`).join(";"))
  await owner.query(`truncate ${names.join(", ")}`)
  const ordered = await inOrderOfReferences(owner, schema, tables)
  for (const [done, table] of ordered.entries()) {
    await loadTable(owner, { schema, table }, folder)
    onTable(done + 1)
  }
  await owner.query(names.map((name) => `alter table ${name} enable trigger user`).join(";"))
  await owner.query(names.map((name) => `alter table ${name} force row level security`).join(";"))
}

async function loadTable(
  owner: pg.ClientBase,
  { schema, table }: { schema: string; table: DumpedTable },
  folder: string,
): Promise<void> {
  const from = createReadStream(join(folder, table.file.name))
  try {
    const rows = await copyIn(owner, `copy ${target(schema, table)} from stdin`, from)
    if (rows !== table.rows) throw new Error(`table ${table.name} came back with another number of rows`)
  } catch (error) {
    // PostgreSQL quotes the line.
    if (error instanceof pg.DatabaseError)
      throw new Error(`table ${table.name} is refused, SQLSTATE ${error.code ?? "?"}`)
    throw error
  }
  await countOn(owner, schema, table)
}

/** Columns that count by themselves go on behind what has come back. */
async function countOn(owner: pg.ClientBase, schema: string, { name, columns }: DumpTable): Promise<void> {
  const table = nameOf(schema, name)
  for (const column of columns) {
    const { rows } = await owner.query<{ counter: string | null }>(
      "select pg_get_serial_sequence($1, $2) as counter",
      [table, column],
    )
    const counter = rows[0]?.counter
    if (counter === null || counter === undefined) continue
    await owner.query(
      `select setval($1::regclass, m) from (select max(${pg.escapeIdentifier(column)}) as m from ${table}) t where m > 0`,
      [counter],
    )
  }
}

/** A row that another one points to comes first. */
async function inOrderOfReferences(
  client: pg.ClientBase,
  schema: string,
  tables: readonly DumpedTable[],
): Promise<DumpedTable[]> {
  const { rows } = await client.query<{ child: string; parent: string }>(
    `select child.relname as child, parent.relname as parent from pg_constraint k
     join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
     join pg_namespace n on n.oid = child.relnamespace
     where k.contype = 'f' and n.nspname = $1 and child.oid <> parent.oid`,
    [schema],
  )
  const ordered: DumpedTable[] = []
  let left = [...tables]
  while (left.length > 0) {
    const names = new Set(left.map((table) => table.name))
    const isFree = (table: DumpTable) =>
      !rows.some(({ child, parent }) => child === table.name && names.has(parent))
    const free = left.filter(isFree)
    if (free.length === 0) throw new Error("tables point to each other in a circle")
    ordered.push(...free)
    left = left.filter((table) => !free.includes(table))
  }
  return ordered
}

function digesting() {
  const hash = createHash("sha256")
  let bytes = 0
  const through = new Transform({
    highWaterMark: 1 << 20,
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { through, result: () => ({ bytes, sha256: hash.digest("hex") }) }
}

async function flush(folder: string): Promise<void> {
  const handle = await open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function nameOf(schema: string, table: string): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`
}

function target(schema: string, { name, columns }: DumpTable): string {
  return `${nameOf(schema, name)} (${columns.map((column) => pg.escapeIdentifier(column)).join(", ")})`
}
