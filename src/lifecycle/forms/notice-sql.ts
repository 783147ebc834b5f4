/** Whom owners turn to, and since when the regime in force holds. */

import type { QueryResultRow } from "pg"
import type { Command } from "../../ledger/spine.ts"
import type { Asked } from "./channel-sql.ts"
import type { Contact } from "./notice-contract.ts"

export async function readContact({ query }: Asked, communityId: string): Promise<Contact | undefined> {
  const rows = await query<Contact & QueryResultRow>(
    `select officer, phone, email, address from app.notice_contact
     where community_id = $1 order by version desc limit 1`,
    [communityId],
  )
  return rows[0]
}

export async function writeContact(
  command: Command,
  communityId: string,
  { by, ...contact }: Contact & { by: string },
): Promise<void> {
  await command.query(
    `insert into app.notice_contact (community_id, version, officer, phone, email, address, changed_by, at)
     values ($1, (select coalesce(max(version), 0) + 1 from app.notice_contact where community_id = $1), $2, $3, $4, $5, $6, $7)`,
    [communityId, contact.officer, contact.phone, contact.email, contact.address, by, new Date(command.now)],
  )
}

export async function inForceSince({ query }: Asked, version: number): Promise<string> {
  const rows = await query<{ active_since: Date }>(
    "select active_since from app.regime_version where version = $1",
    [version],
  )
  return (rows[0]?.active_since ?? new Date(0)).toISOString()
}
