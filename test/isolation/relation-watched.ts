/** Emergencies, findings of watchfulness and ties of staff, in each relation to those who look. Clauses 4.9, 6.4. */

import { randomUUID } from "node:crypto"
import { findHome, findResidents, writeEmergency } from "../../src/lifecycle/emergency/write-sql.ts"
import { appoint } from "../house.ts"
import { done } from "../orders.ts"
import { placeOf, plantFinding } from "../watch-samples.ts"
import { deskOf, type Kind, post, postOver, rowsOf, type Spot, type Thing } from "./relation-kind.ts"
import { required } from "./world.ts"

const minutes = 60_000

/** By hand: over HTTP nobody has two that run. Phone and title of everybody of the one household. */
async function anEmergency({ place, clerk, resident }: Spot): Promise<Thing> {
  const { admin, desk, test } = place
  const { communityId } = desk.community
  const { homeId } = resident
  const tx = {
    query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
      rowsOf<Row>({ admin }, text, [...values]),
  }
  const home = required(await findHome(tx, communityId, homeId))
  const now = Date.now() + test.time.ahead
  const after = (milliseconds: number) => new Date(now + milliseconds).toISOString()
  const emergencyId = randomUUID()
  const bound = {
    communityId,
    emergencyId,
    buildingId: home.building_id,
    applicant: clerk.staffId,
    at: after(0),
  }
  await writeEmergency(tx, bound, {
    number: emergencyId,
    reason: "fire",
    words: "一层冒烟",
    fields: ["phone"],
    homeId,
    place: home.label,
    rule: "emergency.household",
    applicantPost: "clerk",
    regimeVersion: 1,
    until: after(30 * minutes),
    reviewBy: after(1_440 * minutes),
    tellBy: after(1_440 * minutes),
    residents: await findResidents(tx, communityId, homeId),
  })
  return { emergencyId, personId: resident.personId }
}

const step = async (
  spot: Spot,
  as: Spot["clerk"],
  { emergencyId = "" }: Thing,
  [what, body]: [string, object],
) => done(await post(spot, `/emergencies/${emergencyId}/${what}`, as, body))

const handBack = (spot: Spot, thing: Thing) => step(spot, spot.clerk, thing, ["end", {}])

const shared = { isOfBuilding: true, isOfHousehold: true, expires: true, isOfClerk: true } as const

const emergency: Kind = { ...shared, make: anEmergency, revoke: handBack }

/** Handed back, and reviewed by nobody yet. */
const over: Kind = {
  ...shared,
  async make(spot) {
    const thing = await anEmergency(spot)
    await handBack(spot, thing)
    return thing
  },
  async revoke(spot, thing) {
    const { manager, privacy_officer: officer } = spot.place.cast
    for (const as of [manager, officer])
      await step(spot, as, thing, ["reviews", { verdict: "justified", why: "on_site" }])
  },
}

/** About somebody of the desk. */
const suspicion: Kind = {
  async make(spot) {
    const { place } = spot
    const about = await appoint(place.test, { community: place.desk.community, post: "clerk" })
    return { findingId: await plantFinding(deskOf(spot), about), besideStaff: about.staffId }
  },
  isOfHousehold: true,
  revoke: (spot, { findingId = "" }) => {
    const body = { verdict: "explained", reason: "lawful_task" }
    return post(spot, `/findings/${findingId}/verdict`, spot.place.cast.privacy_officer, body)
  },
  suspend: ({ place }, { besideStaff = "" }) => postOver(place, besideStaff),
}

const tie: Kind = {
  async make(spot) {
    const { place, resident } = spot
    const { staffId } = await appoint(place.test, { community: place.desk.community, post: "clerk" })
    const home = await placeOf(place.desk, resident.homeId)
    const body = { tieId: randomUUID(), staffId, home, kind: "relative" }
    done(await post(spot, "/ties", place.cast.privacy_officer, body))
    return { tieId: body.tieId, besideStaff: staffId }
  },
  isOfHousehold: true,
  revoke: async (spot, { tieId = "" }) =>
    done(await post(spot, `/ties/${tieId}/end`, spot.place.cast.privacy_officer)),
  suspend: ({ place }, { besideStaff = "" }) => postOver(place, besideStaff),
}

export const watchedKinds: Readonly<Record<string, Kind>> = { emergency, over, suspicion, tie }
