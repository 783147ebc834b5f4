/** Regime versions as data: the one in force is the newest. Clause 1.6. */

import { createHash } from "node:crypto"
import { z } from "zod"
import { canonicalBytes } from "../../base/canonical.ts"
import type { Context } from "../../platform/context.ts"
import type { Database } from "../../platform/database.ts"
import type { Regime } from "./regime-shape.ts"

/** The regime as plain JSON: fields that are undefined are not there. */
const plain = z.json()

const setupContext: Context = { communities: "0", buildings: "", classes: "", posts: "setup", actor: "" }

/** Stores the starting regime unless it is there. Throws when a stored version says something else: versions never change. */
export async function ensureRegime(database: Database, regime: Regime, now: number): Promise<void> {
  const content = canonicalBytes(plain.parse(JSON.parse(JSON.stringify(regime))))
  const digest = createHash("sha256").update(content).digest()
  await database.transaction(setupContext, async (tx) => {
    await tx.query(
      "insert into app.regime_version (version, content, digest, active_since) values ($1, $2, $3, $4) on conflict do nothing",
      [regime.version, Buffer.from(content).toString("utf8"), digest, new Date(now)],
    )
    const [stored] = await tx.query<{ digest: Buffer }>(
      "select digest from app.regime_version where version = $1",
      [regime.version],
    )
    if (stored === undefined || !stored.digest.equals(digest))
      throw new Error("the stored regime differs from this version's")
  })
}

export async function activeSince(database: Database, version: number): Promise<string> {
  const [row] = await database.read<{ active_since: Date }>(
    setupContext,
    "select active_since from app.regime_version where version = $1",
    [version],
  )
  return (row?.active_since ?? new Date(0)).toISOString()
}
