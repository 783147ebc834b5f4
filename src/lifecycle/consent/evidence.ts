/** What shows that somebody answered, sealed: drawn signature, scan, code, and the guardian's name. Clauses 2.5, 2.10, 3.9. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import type { Actor, Command } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import { newId } from "../../platform/random.ts"
import { contentTag } from "../../vault/content-tag.ts"
import { drawNonce } from "../../vault/keyring.ts"
import { sealRecord } from "../../vault/record.ts"

/** In no post's level: no desk opens a signature by looking at a person. Clause 3.8. */
const evidenceClass = "special"

/** What is to be sealed. Images as base64. */
export interface Evidence {
  readonly signature?: string | undefined
  readonly scan?: string | undefined
  readonly code?: string | undefined
  readonly guardianName?: string | undefined
}

export interface SealedEvidence {
  readonly evidenceId: string
  readonly sealed: Buffer
  readonly contentTag: Buffer
}

/** Seals it under a key of its own; undefined when there is nothing to seal. Written by {@link writeEvidence}. */
export async function sealEvidence(
  house: House,
  actor: Actor,
  evidence: Evidence,
): Promise<SealedEvidence | undefined> {
  const facts = Object.fromEntries(
    Object.entries(evidence).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  )
  if (Object.keys(facts).length === 0) return undefined
  const evidenceId = newId(house.spine.clock())
  const { tenantId, communityId } = actor
  const name = { tenantId, communityId, subjectId: evidenceId, class: evidenceClass }
  const [key] = await house.keyring.ensureDataKeys([name])
  if (key === undefined) throw new Refusal("server.sealed")
  const index = await house.keyring.indexKey(tenantId, communityId)
  const place = {
    tenant: tenantId,
    community: communityId,
    subject: evidenceId,
    name: evidenceClass,
    version: 1,
  }
  return {
    evidenceId,
    sealed: sealRecord(key, { place, facts }, drawNonce),
    contentTag: contentTag(index, place, facts),
  }
}

/** A record like every other: it moves to another suite, is backed up and destroyed as they are. */
export async function writeEvidence(
  command: Pick<Command, "now"> & Reader,
  communityId: string,
  { buildingIds, evidence }: { buildingIds: readonly string[]; evidence: SealedEvidence },
): Promise<void> {
  await command.query(
    `insert into app.record (community_id, subject_id, class, version, building_ids, sealed, content_tag, masks, origin, changed_at)
     values ($1, $2, $3, 1, $4, $5, $6, '{}', '{}', $7)`,
    [
      communityId,
      evidence.evidenceId,
      evidenceClass,
      buildingIds,
      evidence.sealed,
      evidence.contentTag,
      new Date(command.now).toISOString(),
    ],
  )
}
