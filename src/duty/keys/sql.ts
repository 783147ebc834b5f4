/** What the security admin's page reads beside the keyring. */

import type { Reader } from "../../platform/database.ts"

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

export interface CommunityRow {
  community_id: string
  tenant_id: string
}

export function readCommunities(reader: Reader): Promise<CommunityRow[]> {
  return reader.query<CommunityRow>(
    "select community_id, tenant_id from app.community where removed_at is null order by community_id",
  )
}
