/** Incidents: written where they are found, read by those who answer for them. Clause 8.1. */

import type { QueryResultRow } from "pg"
import type { Actor } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import type { WatchCode } from "../catalogue/watch-shape.ts"

interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

/** What it is about. */
type About =
  | { readonly kind: "other_device"; readonly orderId: string }
  | { readonly kind: "emergency_not_justified"; readonly emergencyId: string }
  | {
      readonly kind: "watch_finding"
      readonly findingId: string
      readonly code: WatchCode
      readonly homeId: string | null
    }
export type IncidentKind = About["kind"]

export interface NewIncident {
  readonly incidentId: string
  readonly about: About
  /** Null: of somebody who works in all of them. */
  readonly buildingId: string | null
  /** Whose doing it was about. */
  readonly assignee: string | null
  readonly at: string
}

export async function writeIncident(tx: Reader, communityId: string, incident: NewIncident): Promise<void> {
  const { about } = incident
  const found = about.kind === "watch_finding" ? about : undefined
  await tx.query(
    `insert into app.incident (community_id, incident_id, kind, order_id, emergency_id, finding_id, finding_code, home_id, building_id,
       assignee, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      communityId,
      incident.incidentId,
      about.kind,
      about.kind === "other_device" ? about.orderId : null,
      about.kind === "emergency_not_justified" ? about.emergencyId : null,
      found?.findingId ?? null,
      found?.code ?? null,
      found?.homeId ?? null,
      incident.buildingId,
      incident.assignee,
      incident.at,
    ],
  )
}

export interface IncidentRow {
  incident_id: string
  kind: IncidentKind
  order_id: string | null
  emergency_id: string | null
  finding_id: string | null
  finding_code: WatchCode | null
  number: string | null
  place: string | null
  about: string | null
  at: Date
  seq: string
}

/**
 * Newest first; one more than `limit` when there are more. Whoever does not see the order or the home sees no place. Nobody reads
 * what was found about themselves, under whichever account.
 */
export function listIncidents(
  { query }: Asked,
  { communityId, staffId }: Pick<Actor, "communityId" | "staffId">,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<IncidentRow[]> {
  return query<IncidentRow & QueryResultRow>(
    `select i.incident_id, i.kind, i.order_id, i.emergency_id, i.finding_id, i.finding_code, coalesce(o.number, m.number) as number,
       coalesce(o.place, m.place, h.label) as place, s.name as about, i.at, i.seq::text
     from app.incident i left join app.work_order o on o.community_id = i.community_id and o.order_id = i.order_id
     left join app.emergency m on m.community_id = i.community_id and m.emergency_id = i.emergency_id
     left join app.home h on h.community_id = i.community_id and h.home_id = i.home_id
     left join app.staff s on s.staff_id = i.assignee
     where i.community_id = $1 and ($2::bigint is null or i.seq < $2)
       and (i.finding_id is null or not exists (select from app.same_person a join app.same_person b on b.person_id = a.person_id
         where a.staff_id = i.assignee and b.staff_id = $4))
     order by i.seq desc limit $3`,
    [communityId, after ?? null, limit + 1, staffId],
  )
}
