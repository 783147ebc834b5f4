/** Regime versions as data: the one in force is the newest that has come into force. Clauses 1.6, 2.3. */

import { createHash } from "node:crypto"
import { z } from "zod"
import { canonicalBytes } from "../../base/canonical.ts"
import { Refusal } from "../../base/refusal.ts"
import type { Context } from "../../platform/context.ts"
import type { Database, Reader } from "../../platform/database.ts"
import { cellsOf } from "./regime.ts"
import { parseRegime } from "./regime-schema.ts"
import type { Regime } from "./regime-shape.ts"

/** The regime as plain JSON: fields that are undefined are not there. */
const plain = z.json()

const setupContext: Context = { communities: "0", buildings: "", classes: "", posts: "setup", actor: "" }

/** Any fixed number: versions are written one after the other. */
export const versionLock = 7_080_016

/** Stores the starting regime unless there is one: what is stored is never changed, also when a newer program starts with another. */
export async function ensureRegime(database: Database, regime: Regime, now: number): Promise<void> {
  await database.transaction(setupContext, async (tx) => {
    await tx.query("select pg_advisory_xact_lock($1)", [versionLock])
    const known = await tx.query("select from app.regime_version limit 1")
    if (known.length === 0) await writeVersion(tx, regime, new Date(now))
    else await fillCells(tx)
  })
}

/** A version stored before the matrix was kept as rows gets its rows. */
async function fillCells(tx: Reader): Promise<void> {
  const bare = await tx.query<{ content: unknown }>(
    `select content from app.regime_version v
     where not exists (select from app.matrix_cell c where c.version = v.version)`,
  )
  for (const { content } of bare) await writeCells(tx, parseRegime(content))
}

/** Inside a transaction under posts `setup`: the version and its matrix as rows, together or not at all. */
export async function writeVersion(tx: Reader, regime: Regime, activeSince: Date): Promise<void> {
  const { text, digest } = sealed(regime)
  await tx.query(
    "insert into app.regime_version (version, content, digest, active_since) values ($1, $2, $3, $4)",
    [regime.version, text, digest, activeSince],
  )
  await writeCells(tx, regime)
}

async function writeCells(tx: Reader, regime: Regime): Promise<void> {
  const cells = cellsOf(regime)
  await tx.query(
    `insert into app.matrix_cell (version, purpose, field, rule)
     select $1, * from unnest($2::text[], $3::text[], $4::text[])`,
    [
      regime.version,
      cells.map(({ purpose }) => purpose),
      cells.map(({ field }) => field),
      cells.map(({ rule }) => rule),
    ],
  )
}

/** The content in its one spelling, and the digest of that. */
export function sealed(content: object): { readonly text: string; readonly digest: Buffer } {
  const bytes = canonicalBytes(plain.parse(JSON.parse(JSON.stringify(content))))
  return { text: Buffer.from(bytes).toString("utf8"), digest: createHash("sha256").update(bytes).digest() }
}

export async function versionInForce(database: Database): Promise<number> {
  const [row] = await database.read<{ version: number }>(
    setupContext,
    "select app.regime_in_force() as version",
  )
  if (row === undefined) throw new Error("no regime is in force")
  return row.version
}

/** Throws when the content is not what its digest was taken of: somebody reached past the server. */
export async function readVersion(database: Database, version: number): Promise<Regime> {
  const [row] = await database.read<{ content: unknown; digest: Buffer }>(
    setupContext,
    "select content, digest from app.regime_version where version = $1",
    [version],
  )
  if (row === undefined) throw new Error("a regime version is not there")
  const digest = createHash("sha256")
    .update(canonicalBytes(plain.parse(row.content)))
    .digest()
  if (!digest.equals(row.digest)) throw new Error("a stored regime differs from its digest")
  return parseRegime(row.content)
}

/** In a command or under a reader's own context. Throws `thing.absent`. */
export async function readVersionIn(reader: Reader, version: number): Promise<Regime> {
  const [row] = await reader.query<{ content: unknown }>(
    "select content from app.regime_version where version = $1",
    [version],
  )
  if (row === undefined) throw new Refusal("thing.absent")
  return parseRegime(row.content)
}

export async function newestVersion(reader: Reader): Promise<number> {
  const [row] = await reader.query<{ version: number }>(
    "select max(version) as version from app.regime_version",
  )
  if (row === undefined) throw new Error("there is no regime")
  return row.version
}

export async function activeSince(database: Database, version: number): Promise<string> {
  const [row] = await database.read<{ active_since: Date }>(
    setupContext,
    "select active_since from app.regime_version where version = $1",
    [version],
  )
  return (row?.active_since ?? new Date(0)).toISOString()
}
