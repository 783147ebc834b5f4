/** A call of each route about stored texts, in an order in which they succeed, with the act it leaves. */

import { randomUUID } from "node:crypto"
import { type Reply, send, type TestStaff } from "./house.ts"
import { at, type Desk, type Order, sql } from "./orders.ts"

interface Hands {
  readonly desk: () => Desk
  readonly as: () => TestStaff
  readonly order: () => Order
}

/** As if a scan had found a phone in the order's text. */
export async function plantFinding(desk: Desk, officer: TestStaff, { orderId }: Order): Promise<string> {
  const [row] = await sql<{ finding_id: string }>(
    desk,
    `with scan as (insert into app.text_scan (community_id, scan_id, occasion, day, total, by_staff, by_post, at)
        values ($1, gen_random_uuid(), 'by_hand', current_date, 1, $2, 'privacy_officer', now()) returning community_id, scan_id),
      step as (insert into app.text_scan_step select community_id, scan_id, 1, gen_random_uuid(), 'service', 1, 0, 1, true, now() from scan)
     insert into app.text_finding (community_id, finding_id, scan_id, subject_id, class, field, kind, count, building_ids, order_id,
       order_number, subject_ref, found_at)
     select o.community_id, gen_random_uuid(), scan.scan_id, g.subject_id, 'service', 'repair', 'phone', 1, array[o.building_id],
       o.order_id, o.number, o.subject_ref, now()
     from scan join app.work_order o using (community_id) join app.use_grant g using (community_id, use_id)
     where o.order_id = $3 limit 1 returning finding_id`,
    [desk.community.communityId, officer.staffId, orderId],
  )
  return row?.finding_id ?? ""
}

export function textSamples({ desk, as, order }: Hands) {
  const community = "/api/communities/:communityId"
  let findingId = ""
  const ask = (line: `${"GET" | "POST"} /${string}`, body?: object): Promise<Reply> => {
    const [method, path = ""] = line.split(" ")
    const url = at(desk(), path)
    return method === "GET"
      ? send(desk().test, `GET ${url}`, { as: as() })
      : send(desk().test, `POST ${url}`, { as: as(), body: body ?? {} })
  }
  return [
    {
      route: `POST ${community}/text-scans`,
      act: "text.scan",
      call: () => ask("POST /text-scans", { scanId: randomUUID() }),
    },
    {
      route: `GET ${community}/text-findings/:findingId/glimpse`,
      act: "text.glimpse",
      call: async () => {
        findingId = await plantFinding(desk(), as(), order())
        return ask(`GET /text-findings/${findingId}/glimpse`)
      },
    },
    {
      route: `POST ${community}/text-findings/:findingId/ruling`,
      act: "text.mask",
      call: () => ask(`POST /text-findings/${findingId}/ruling`, { verdict: "mask" }),
    },
  ]
}
