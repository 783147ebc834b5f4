/** Where the relations are walked: two companies with a community each, everybody of every post, and enough residents. */

import { randomUUID } from "node:crypto"
import { Secret } from "otpauth"
import type pg from "pg"
import { posts } from "../../src/duty/people/post.ts"
import { sealSecret } from "../../src/duty/people/sealed-secret.ts"
import { writeText } from "../consents.ts"
import {
  appoint,
  fillRoster,
  makeCommunity,
  send,
  syntheticRoster,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import { at, type Desk, done, type Resident } from "../orders.ts"
import { knownHash } from "../people.ts"
import { required } from "./world.ts"

/** In the order of the columns of the table. */
export const viewers = [
  "clerk",
  "neighbour",
  "supervisor",
  "manager",
  "repairer",
  "archivist",
  "privacy_officer",
  "system_admin",
  "security_admin",
  "auditor",
] as const
export type Viewer = (typeof viewers)[number]

/** Those who look, a supervisor of building 3 upstairs, and a second repairer. */
export type Cast = Readonly<Record<Viewer | "upstairs" | "mate", TestStaff>>

export interface Place {
  readonly test: TestHouse
  /** One connection for all that no route does yet. */
  readonly admin: pg.Client
  readonly desk: Desk
  readonly cast: Cast
  /** Residents of a building that nothing has been made of yet. */
  readonly unmet: Readonly<Record<string, Resident[]>>
}

const reaches: Readonly<Record<string, readonly string[]>> = {
  clerk: ["1"],
  neighbour: ["3"],
  supervisor: ["1", "2"],
  upstairs: ["3", "4"],
}

/** A community of that number with `homes` homes over four buildings. */
export async function settle(
  { test, admin }: Pick<Place, "test" | "admin">,
  number: number,
  homes: number,
): Promise<Place> {
  const community = await makeCommunity(test, number)
  const manager = await fillRoster(test, community, syntheticRoster(homes, 4))
  const { rows } = await admin.query<Resident>(
    `select r.person_id as "personId", r.home_id as "homeId", r.building_id::text as "buildingId", h.label as name, '' as phone,
       '' as plate
     from app.residence r join app.home h using (community_id, home_id) where r.community_id = $1 order by r.sort_key`,
    [community.communityId],
  )
  const byBuilding = Map.groupBy(rows, ({ buildingId }) => buildingId)
  const residents = Object.fromEntries(byBuilding)
  const hired = new Map<string, TestStaff>([["manager", manager]])
  for (const name of [...viewers, "upstairs", "mate"]) {
    if (name === "manager") continue
    const post = posts.find((one) => one === (aliases[name] ?? name)) ?? "clerk"
    hired.set(name, await appoint(test, { community, post, buildingIds: reaches[name] ?? null }))
  }
  const cast = castOf((name) => required(hired.get(name)))
  const unmet = Object.fromEntries(
    Object.entries(residents).map(([building, all]) => [building, all.slice(1)]),
  )
  const place = { test, admin, desk: { test, community, manager, residents }, cast, unmet }
  await prepare(place)
  return place
}

/** Whoever breaks the glass proves with it, and with the known password, that it is them. */
export const knownSecret = new Secret({ size: 20 }).base32

/** A text to consent to, and somebody who has been here for long and is trained. */
async function prepare({ test, admin, desk, cast }: Place): Promise<void> {
  done(await writeText(desk, cast.privacy_officer))
  await admin.query("update app.appointment set valid_from = now() - interval '1 year'")
  for (const { staffId } of [cast.clerk, cast.neighbour, cast.supervisor, cast.manager]) {
    const whom = { staffId, tenantId: desk.community.tenantId }
    const sealed = await sealSecret(test.house.keyring, whom, knownSecret)
    const known = [staffId, await knownHash(), sealed]
    await admin.query(
      "update app.credential set password_hash = $2, second_factor = $3 where staff_id = $1",
      known,
    )
  }
  const { staffId } = cast.auditor
  const course = { course: "保密培训", passedOn: "2026-01-05", validUntil: "2099-01-01" }
  const body = { trainingId: randomUUID(), staffId, ...course }
  done(await send(test, `POST ${at(desk, "/training")}`, { as: cast.manager, body }))
}

const aliases: Readonly<Record<string, string>> = {
  neighbour: "clerk",
  upstairs: "supervisor",
  mate: "repairer",
}

function castOf(of: (name: string) => TestStaff): Cast {
  return {
    clerk: of("clerk"),
    neighbour: of("neighbour"),
    supervisor: of("supervisor"),
    upstairs: of("upstairs"),
    manager: of("manager"),
    repairer: of("repairer"),
    mate: of("mate"),
    archivist: of("archivist"),
    privacy_officer: of("privacy_officer"),
    system_admin: of("system_admin"),
    security_admin: of("security_admin"),
    auditor: of("auditor"),
  }
}
