/** To whom outside an application goes, and whether it still may. Clauses 4.10, 4.11. */

import type { QueryResultRow } from "pg"
import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { Asked } from "./sql.ts"

export interface OutsideAsk {
  readonly communityId: string
  readonly applicationId: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Undefined: it is for nobody outside, or their contract is signed and runs. */
export async function outsideRefusal(
  { query }: Asked,
  { communityId, applicationId, now }: OutsideAsk,
): Promise<RefusalCode | undefined> {
  const [bound] = await query<{ is_live: boolean }>(
    `select p.valid_from <= $3 and p.valid_until > $3 and e.party_id is null as is_live
     from app.sharing s
     join app.party p on p.community_id = s.community_id and p.party_id = s.party_id
     left join app.party_ended e on e.community_id = s.community_id and e.party_id = s.party_id
     where s.community_id = $1 and s.application_id = $2`,
    [communityId, applicationId, new Date(now).toISOString()],
  )
  return bound === undefined || bound.is_live ? undefined : "party.over"
}

export interface Outside {
  readonly kind: "party" | "authority"
  readonly name: string
}

/** Null: it stays in the house. For whoever reads the application: asked by the server's own hand. */
export async function readOutside(
  { query }: Asked,
  communityId: string,
  applicationId: string,
): Promise<Outside | null> {
  const [found] = await query<Outside & QueryResultRow>(
    `select 'party' as kind, p.name
     from app.sharing s join app.party p on p.community_id = s.community_id and p.party_id = s.party_id
     where s.community_id = $1 and s.application_id = $2
     union all
     select 'authority', q.organ_name from app.authority_request q where q.community_id = $1 and q.application_id = $2`,
    [communityId, applicationId],
  )
  return found ?? null
}
