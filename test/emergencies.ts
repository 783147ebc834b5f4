/** Uses in an emergency over HTTP, by people who know their password. */

import { randomUUID } from "node:crypto"
import type { Post } from "../src/duty/people/post.ts"
import { type Reply, send, type TestStaff } from "./house.ts"
import { at, type Desk, done, resident, sql } from "./orders.ts"
import { knownPassword, staffWithLogin } from "./people.ts"

export interface Cry {
  readonly emergencyId?: string
  readonly homeId?: string
  readonly fields?: readonly string[]
  readonly reason?: string
  readonly words?: string
  readonly password?: string
  readonly code?: string
}

/** For the first home of building 1, which burns. */
function cryOf(desk: Desk, cry: Cry = {}) {
  return {
    emergencyId: randomUUID(),
    homeId: resident(desk, "1").homeId,
    fields: ["phone"],
    reason: "fire",
    words: "一层冒烟，敲门无人应",
    password: knownPassword,
    ...cry,
  }
}

export function tryBreak(desk: Desk, as: TestStaff, cry: Cry = {}): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, "/emergencies")}`, { as, body: cryOf(desk, cry) })
}

/** Breaks the glass; throws when it is refused. */
export async function breakAs(desk: Desk, as: TestStaff, cry: Cry = {}): Promise<string> {
  return String(done(await tryBreak(desk, as, cry)).body["emergencyId"])
}

export function lookIn(
  desk: Desk,
  as: TestStaff,
  {
    id,
    personId = resident(desk, "1").personId,
    field = "phone",
  }: { id: string; personId?: string; field?: string },
): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/emergencies/${id}/look`)}`, { as, body: { personId, field } })
}

export function endEmergency(desk: Desk, as: TestStaff, id: string): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/emergencies/${id}/end`)}`, { as, body: {} })
}

const justified = { verdict: "justified", why: "on_site" }
export const notJustified = { verdict: "not_justified", why: "no_emergency" }

export function review(desk: Desk, as: TestStaff, id: string, verdict: object = justified): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/emergencies/${id}/reviews`)}`, { as, body: verdict })
}

export function tell(desk: Desk, as: TestStaff, id: string, toldAt: number): Promise<Reply> {
  const body = { how: "phone", toldAt: new Date(toldAt).toISOString() }
  return send(desk.test, `POST ${at(desk, `/emergencies/${id}/told`)}`, { as, body })
}

export function readEmergency(desk: Desk, as: TestStaff, id: string): Promise<Reply> {
  return send(desk.test, `GET ${at(desk, `/emergencies/${id}`)}`, { as })
}

let logins = 0

/** Somebody with a post who knows their password, and no code. */
export async function withPassword(
  desk: Desk,
  post: Post,
  buildingIds: readonly string[] | null = null,
): Promise<TestStaff> {
  logins += 1
  const { communityId } = desk.community
  const staff = await staffWithLogin(desk.test, { communityId, login: `glass.${logins}`, post })
  if (buildingIds !== null)
    await sql(desk, "update app.appointment set building_ids = $2 where staff_id = $1", [
      staff.staffId,
      buildingIds,
    ])
  return staff
}
