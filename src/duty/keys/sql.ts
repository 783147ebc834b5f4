/** What the security admin's page reads beside the keyring. */

import type { House } from "../../house.ts"
import type { Reader } from "../../platform/database.ts"
import { machineHand } from "./hand.ts"

export interface QuarantineRow {
  community_id: string
  subject_id: string
  class: string
  version: number
  found_at: Date
}

/** Under the reader's row security. */
export function readQuarantine(reader: Reader): Promise<QuarantineRow[]> {
  return reader.query<QuarantineRow>(
    "select community_id, subject_id, class, version, found_at from app.quarantine where resolved_at is null order by found_at desc limit 500",
  )
}

/** Locks the row, so that two who look at once do not both write. False when it is not set aside (any more). */
export async function isQuarantined(
  tx: Reader,
  { communityId, subjectId, class: code }: Quarantined,
): Promise<boolean> {
  const rows = await tx.query(
    `select version from app.quarantine
     where community_id = $1 and subject_id = $2 and class = $3 and resolved_at is null for update`,
    [communityId, subjectId, code],
  )
  return rows.length > 0
}

/** The row itself stays: what was found, and when it was in order again. */
export async function markResolved(
  tx: Reader,
  { communityId, subjectId, class: code }: Quarantined,
  now: Date,
): Promise<void> {
  await tx.query(
    `update app.quarantine set resolved_at = $4
     where community_id = $1 and subject_id = $2 and class = $3 and resolved_at is null`,
    [communityId, subjectId, code, now.toISOString()],
  )
}

export interface Quarantined {
  readonly communityId: string
  readonly subjectId: string
  readonly class: string
}

export interface CommunityRow {
  community_id: string
  tenant_id: string
}

/** Communities that a company answers for. */
export async function communitiesOf(house: House, tenantId: string): Promise<CommunityRow[]> {
  return (await everyCommunity(house)).filter((row) => row.tenant_id === tenantId)
}

/** The company that answers for a community. */
export async function tenantOf(house: House, communityId: string): Promise<string | undefined> {
  return (await everyCommunity(house)).find((row) => row.community_id === communityId)?.tenant_id
}

export function everyCommunity({ spine }: House): Promise<CommunityRow[]> {
  return spine.database.read<CommunityRow>(
    machineHand().context,
    "select community_id, tenant_id from app.community where removed_at is null order by community_id",
  )
}
