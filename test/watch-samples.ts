/** Calls of watchfulness that succeed, one a route. */

import { randomUUID } from "node:crypto"
import type { Reply, TestStaff } from "./house.ts"
import { type Desk, resident, sql } from "./orders.ts"

export interface WatchSampled {
  readonly desk: () => Desk
  readonly about: () => TestStaff
  readonly send: (line: `${"GET" | "POST"} /${string}`, body?: object) => Promise<Reply>
}

/** A finding about somebody, as watching writes it. */
export async function plantFinding(
  desk: Desk,
  { staffId }: TestStaff,
  { code = "neighbour", isAtHome = true } = {},
): Promise<string> {
  const findingId = randomUUID()
  await sql(
    desk,
    `insert into app.watch_finding (community_id, finding_id, staff_id, code, home_id, trace_id, evidence, regime_version, at)
     select $1, $2, $3, $4, $5, trace_id, array[trace_id], 1, now() from app.trace where community_id = $1 limit 1`,
    [desk.community.communityId, findingId, staffId, code, isAtHome ? resident(desk, "1").homeId : null],
  )
  return findingId
}

export async function placeOf(desk: Desk, homeId: string): Promise<string> {
  const [row] = await sql<{ label: string }>(desk, "select label from app.home where home_id = $1", [homeId])
  return row?.label ?? ""
}

export function watchSamples({ desk, about, send }: WatchSampled) {
  const tieId = randomUUID()
  return [
    {
      route: "GET /api/communities/:communityId/findings",
      act: "watch.list",
      call: () => send("GET /findings"),
    },
    {
      route: "POST /api/communities/:communityId/findings/:findingId/verdict",
      act: "watch.warned",
      call: async () => {
        const findingId = await plantFinding(desk(), about())
        return send(`POST /findings/${findingId}/verdict`, { verdict: "warned", reason: "talked_to" })
      },
    },
    {
      route: "POST /api/communities/:communityId/ties",
      act: "watch.tie",
      call: async () => {
        const home = await placeOf(desk(), resident(desk(), "2").homeId)
        return send("POST /ties", { tieId, staffId: about().staffId, home, kind: "relative" })
      },
    },
    {
      route: "GET /api/communities/:communityId/ties",
      act: "watch.ties",
      call: () => send("GET /ties"),
    },
    {
      route: "POST /api/communities/:communityId/ties/:tieId/end",
      act: "watch.end_tie",
      call: () => send(`POST /ties/${tieId}/end`, {}),
    },
  ]
}
