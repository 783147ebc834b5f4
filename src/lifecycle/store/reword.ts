/** A record whose words change while its person or order stays: opened, changed, sealed again a version later. Clauses 2.9, 3.9. */

import type { House } from "../../house.ts"
import type { Actor, Command } from "../../ledger/spine.ts"
import { contentTag } from "../../vault/content-tag.ts"
import { drawNonce } from "../../vault/keyring.ts"
import { type Facts, sealRecord } from "../../vault/record.ts"
import { openKnown } from "./dossier.ts"
import type { Origins } from "./merge.ts"
import { lockRecord } from "./take-sql.ts"
import { writeRecords } from "./write-sql.ts"

export interface Reworded {
  readonly facts: Facts
  /** Masks and origins of what is new; those before stay. */
  readonly masks?: Readonly<Record<string, readonly string[]>>
  readonly origins?: Origins
}

export interface Rewording {
  readonly subjectId: string
  readonly class: string
  /** Undefined: nothing is to change. */
  readonly change: (facts: Facts) => Reworded | undefined
}

/** False when the record is gone, or nothing was to change. Throws `record.unreadable`. */
export async function rewordRecord(
  { house, actor, command }: { house: House; actor: Actor; command: Command },
  { subjectId, class: code, change }: Rewording,
): Promise<boolean> {
  const { tenantId, communityId } = actor
  const row = await lockRecord(command, communityId, { subjectId, class: code })
  if (row === undefined) return false
  const changed = change(await openKnown(house, actor, { personId: subjectId, row }))
  if (changed === undefined) return false
  const [key] = await house.keyring.ensureDataKeys([{ tenantId, communityId, subjectId, class: code }])
  if (key === undefined) throw new Error("a key is missing after it was made")
  const index = await house.keyring.indexKey(tenantId, communityId)
  const version = row.version + 1
  const place = { tenant: tenantId, community: communityId, subject: subjectId, name: code, version }
  const record = {
    subjectId,
    class: code,
    version,
    buildingIds: row.building_ids,
    sealed: sealRecord(key, { place, facts: changed.facts }, drawNonce),
    contentTag: contentTag(index, place, changed.facts),
    masks: { ...row.masks, ...changed.masks },
    origins: { ...row.origin, ...changed.origins },
  }
  await writeRecords(command, communityId, { records: [record], at: new Date(command.now).toISOString() })
  return true
}
