/** Third parties, what is given to them, and requests of authorities, in each relation to those who look. Clauses 4.10, 4.11. */

import { randomUUID } from "node:crypto"
import { end } from "../applications.ts"
import { request as askFor, handOut } from "../authorities.ts"
import { appoint } from "../house.ts"
import { done } from "../orders.ts"
import { dayIn, enter, sharedWith, tinyPng } from "../parties.ts"
import { deskOf, type Kind, post, postOver, type Spot, type Thing } from "./relation-kind.ts"

/** By the manager, signed by nobody yet. Somebody of its own answers for it. */
async function anEntry({ place }: Spot): Promise<Thing> {
  const { desk, cast } = place
  const partyId = randomUUID()
  const { staffId } = await appoint(place.test, { community: desk.community, post: "supervisor" })
  done(await enter(desk, cast.manager, { partyId, until: dayIn(desk, 35), responsible: staffId }))
  return { partyId, besideStaff: staffId }
}

export async function aParty(spot: Spot): Promise<Thing> {
  const thing = await anEntry(spot)
  const path = `/parties/${thing["partyId"] ?? ""}/sign`
  done(await post(spot, path, spot.place.cast.privacy_officer, { verdict: "signed" }))
  return thing
}

const endParty = async (spot: Spot, { partyId = "" }: Thing) =>
  done(await post(spot, `/parties/${partyId}/end`, spot.place.cast.privacy_officer, { reason: "done" }))

const partyKind = (make: (spot: Spot) => Promise<Thing>): Kind => ({
  make,
  expires: true,
  revoke: endParty,
  suspend: ({ place }, { besideStaff = "" }) => postOver(place, besideStaff),
})

/** Granted to whoever is in charge of the building, under a contract of its own; not told yet. */
async function aSharing(spot: Spot): Promise<Thing> {
  const { place, chief, resident } = spot
  const { partyId = "" } = await aParty(spot)
  const applicationId = await sharedWith(place.desk, chief, {
    signers: [place.cast.manager],
    partyId,
    buildingIds: [],
    homeIds: [resident.homeId],
    rows: 1,
  })
  return { applicationId, partyId }
}

const pathOf = ({ applicationId = "" }: Thing, rest: string) => `/sharings/${applicationId}/${rest}`

/** Told by phone. */
async function aTelling(spot: Spot): Promise<Thing> {
  const thing = await aSharing(spot)
  done(await post(spot, pathOf(thing, "left"), spot.chief, { how: "told" }))
  return thing
}

/** A paper that shows it is gone; nobody has answered. */
async function aProof(spot: Spot): Promise<Thing> {
  const thing = await aTelling(spot)
  const proofId = randomUUID()
  const body = { proofId, kind: "deleted", day: dayIn(spot.place.desk, 0), paper: tinyPng }
  done(await post(spot, pathOf(thing, "proofs"), spot.chief, body))
  return { ...thing, proofId }
}

const accept = async (spot: Spot, thing: Thing) => {
  const path = pathOf(thing, `proofs/${thing["proofId"] ?? ""}/answer`)
  done(await post(spot, path, spot.place.cast.manager, { verdict: "accepted" }))
}

const ofHome = { isOfBuilding: true, isOfHousehold: true } as const

const sharing: Kind = {
  ...ofHome,
  make: aSharing,
  expires: true,
  revoke: async (spot, { applicationId = "" }) => done(await end(spot.place.desk, spot.chief, applicationId)),
  suspend: endParty,
}

/** Not expected back in time: overdue. */
const told: Kind = {
  ...ofHome,
  make: aTelling,
  expires: true,
  async revoke(spot, thing) {
    const proofId = randomUUID()
    const body = { proofId, kind: "deleted", day: dayIn(spot.place.desk, 0) }
    done(await post(spot, pathOf(thing, "proofs"), spot.chief, body))
    await accept(spot, { ...thing, proofId })
  },
  suspend: endParty,
}

const proof: Kind = { ...ofHome, make: aProof, revoke: accept }

/** A proof, asked for under another sharing of the same hand. */
const strayProof: Kind = {
  isOfBuilding: true,
  async make(spot) {
    const [{ proofId = "" }, { applicationId = "" }] = [await aProof(spot), await aTelling(spot)]
    return { proofId, applicationId }
  },
}

async function aRequest(spot: Spot): Promise<Thing> {
  const said = { homeIds: [spot.resident.homeId], form: "export" }
  const { body } = done(await askFor(deskOf(spot), spot.clerk, said))
  return { applicationId: String(body["applicationId"]) }
}

/** Waits for signatures. */
const request: Kind = {
  ...ofHome,
  make: aRequest,
  expires: true,
  isOfClerk: true,
  revoke: async (spot, { applicationId = "" }) => done(await end(spot.place.desk, spot.clerk, applicationId)),
}

/** Its copy lies on the counter. */
const handed: Kind = {
  ...ofHome,
  async make(spot) {
    const thing = await aRequest(spot)
    const { place, chief, clerk } = spot
    const signers = [chief, place.cast.manager]
    await handOut(place.desk, clerk, { id: thing["applicationId"] ?? "", signers })
    return thing
  },
  expires: true,
  isOfClerk: true,
  revoke: async (spot, { applicationId = "" }) => {
    const path = `/authority-requests/${applicationId}/receipt`
    done(await post(spot, path, spot.clerk, { paper: tinyPng }))
  },
}

export const outsideKinds: Readonly<Record<string, Kind>> = {
  entry: partyKind(anEntry),
  party: partyKind(aParty),
  sharing,
  told,
  proof,
  "stray proof": strayProof,
  request,
  handed,
}
