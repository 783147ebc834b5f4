/** Incidents: written where they are found, read by those who answer for them. Clause 8.1. */

import type { QueryResultRow } from "pg"
import type { Reader } from "../../platform/database.ts"

interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

export type IncidentKind = "other_device" | "emergency_not_justified"

export interface NewIncident {
  readonly incidentId: string
  readonly kind: IncidentKind
  readonly orderId: string | null
  readonly emergencyId: string | null
  readonly buildingId: string
  /** Whose doing it was about. */
  readonly assignee: string | null
  readonly at: string
}

export async function writeIncident(tx: Reader, communityId: string, incident: NewIncident): Promise<void> {
  await tx.query(
    `insert into app.incident (community_id, incident_id, kind, order_id, emergency_id, building_id, assignee, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      communityId,
      incident.incidentId,
      incident.kind,
      incident.orderId,
      incident.emergencyId,
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
  number: string | null
  place: string | null
  about: string | null
  at: Date
  seq: string
}

/** Newest first; one more than `limit` when there are more. Whoever does not see the order sees no place. */
export function listIncidents(
  { query }: Asked,
  communityId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<IncidentRow[]> {
  return query<IncidentRow & QueryResultRow>(
    `select i.incident_id, i.kind, i.order_id, i.emergency_id, coalesce(o.number, m.number) as number, coalesce(o.place, m.place) as place,
       s.name as about, i.at, i.seq::text
     from app.incident i left join app.work_order o on o.community_id = i.community_id and o.order_id = i.order_id
     left join app.emergency m on m.community_id = i.community_id and m.emergency_id = i.emergency_id
     left join app.staff s on s.staff_id = i.assignee
     where i.community_id = $1 and ($2::bigint is null or i.seq < $2) order by i.seq desc limit $3`,
    [communityId, after ?? null, limit + 1],
  )
}
