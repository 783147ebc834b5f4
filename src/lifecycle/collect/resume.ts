/** After a restart: imports that were under way go on, and uploads that have served are destroyed. Clause 2.12. */

import { readdir, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import { whereOf } from "../../platform/log.ts"
import { parseSteps, stateOf } from "./import-step.ts"
import type { Importer } from "./importer.ts"
import { type ImportRow, readImport } from "./sql.ts"
import { discardUpload } from "./upload.ts"

/** A marked workbook can be fetched for a week after the import has ended. */
const keptMilliseconds = 7 * 86_400_000

/** An upload whose import was never written is nobody's. */
const orphanMilliseconds = 3_600_000

/** Looks at the sealed files that lie here, so that only this server's own imports are taken up. */
export async function resumeImports(house: House, importer: Importer): Promise<void> {
  const names = await readdir(join(house.data, "imports")).catch(() => [])
  for (const name of names) {
    const importId = /^([0-9a-f-]{36})\.sealed$/.exec(name)?.[1]
    if (importId === undefined) continue
    await resumeOne(house, importer, importId).catch((error: unknown) => {
      house.log.event("job.failed", { job: "import", id: importId, where: whereOf(error) })
    })
  }
}

async function resumeOne(house: House, importer: Importer, importId: string): Promise<void> {
  const found = await findImport(house, importId)
  if (found === undefined) return removeOrphan(house, importId)
  const { actor, row } = found
  const isOld = house.spine.clock() - row.created_at.getTime() > keptMilliseconds
  const state = stateOf(parseSteps(row.steps))
  const isUnderWay = state === "checking" || state === "committing"
  if (!isUnderWay) return isOld ? discardUpload(house, actor, importId) : undefined
  if (importer.progress(importId) === undefined) await importer.resume(actor, row)
}

/** What the server crashed over while it was taken in: without its import the file opens for nobody. */
async function removeOrphan(house: House, importId: string): Promise<void> {
  const path = join(house.data, "imports", `${importId}.sealed`)
  const { mtimeMs } = await stat(path)
  if (house.spine.clock() - mtimeMs > orphanMilliseconds) await rm(path, { force: true })
}

/** The import goes on in the name of whoever began it: nobody else has answered for it. */
async function findImport(
  house: House,
  importId: string,
): Promise<{ actor: Actor; row: ImportRow } | undefined> {
  const communities = await house.spine.database.read<{ community_id: string; tenant_id: string }>(
    serverContext(""),
    "select community_id, tenant_id from app.community where removed_at is null",
  )
  for (const { community_id: communityId, tenant_id: tenantId } of communities) {
    const context = serverContext(communityId)
    const query = <R extends object>(text: string, values: readonly unknown[] = []) =>
      house.spine.database.read<R>(context, text, values)
    const row = await readImport({ query }, communityId, importId)
    if (row === undefined) continue
    const actor: Actor = {
      communityId,
      tenantId,
      staffId: row.created_by,
      post: "manager",
      client: "server",
      context: { ...context, actor: row.created_by },
    }
    return { actor, row }
  }
  return undefined
}

function serverContext(communities: string) {
  const nobody = "00000000-0000-0000-0000-000000000000"
  return { communities, buildings: "*", classes: "identity,life,service", posts: "manager", actor: nobody }
}
