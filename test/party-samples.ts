/** A call of each route of third parties, authorities and statistics, in order, with the act of its trace. Clauses 3.12, 4.10, 4.11, 4.13. */

import { randomUUID } from "node:crypto"
import { approve } from "./applications.ts"
import { handOut, request } from "./authorities.ts"
import { send, type TestStaff } from "./house.ts"
import { at, type Desk, done, hire } from "./orders.ts"
import { assess, dayIn, enter, post, share, tinyPng } from "./parties.ts"

interface Hands {
  readonly desk: () => Desk
  readonly officer: () => TestStaff
}

export function authoritySamples({ desk, clerk }: Pick<Hands, "desk"> & { readonly clerk: () => TestStaff }) {
  const applicationId = randomUUID()
  const here = "/api/communities/:communityId"
  const one = `${here}/authority-requests/:applicationId`
  const to = (rest: string, body: object = {}) =>
    post(desk(), clerk(), `/authority-requests/${applicationId}/${rest}`, body)
  return [
    {
      route: `POST ${here}/authority-requests`,
      act: "use.apply",
      call: () => request(desk(), clerk(), { applicationId }),
    },
    {
      route: `GET ${here}/authority-requests`,
      act: "authority.list",
      call: () => send(desk().test, `GET ${at(desk(), "/authority-requests")}`, { as: clerk() }),
    },
    { route: `POST ${one}/officers`, act: "authority.see_officers", call: () => to("officers") },
    {
      route: `POST ${one}/paper`,
      act: "authority.see_paper",
      call: () => to("paper", { which: "document" }),
    },
    {
      route: `POST ${one}/receipt`,
      act: "authority.receipt",
      call: async () => {
        const signers = [await hire(desk(), "supervisor"), desk().manager]
        await handOut(desk(), clerk(), { id: applicationId, signers })
        return to("receipt", { paper: tinyPng })
      },
    },
    {
      route: `GET ${here}/statistics`,
      act: "statistics.read",
      call: () => send(desk().test, `GET ${at(desk(), "/statistics")}`, { as: desk().manager }),
    },
    {
      route: `POST ${here}/statistics/export`,
      act: "statistics.export",
      call: () => post(desk(), desk().manager, "/statistics/export"),
    },
  ]
}

export function partySamples({ desk, officer }: Hands) {
  const partyId = randomUUID()
  const applicationId = randomUUID()
  const proofId = randomUUID()
  const known: { supervisor?: TestStaff } = {}
  const supervisor = async () => {
    known.supervisor ??= await hire(desk(), "supervisor")
    return known.supervisor
  }
  const here = "/api/communities/:communityId"
  const one = `${here}/sharings/:applicationId`
  return [
    {
      route: `POST ${here}/parties`,
      act: "party.enter",
      call: async () => {
        await assess(desk(), { by: officer(), signer: desk().manager })
        return enter(desk(), desk().manager, { partyId })
      },
    },
    {
      route: `POST ${here}/parties/:partyId/sign`,
      act: "party.sign",
      call: () => post(desk(), officer(), `/parties/${partyId}/sign`, { verdict: "signed" }),
    },
    {
      route: `POST ${here}/sharings`,
      act: "use.apply",
      call: async () => share(desk(), await supervisor(), { partyId, applicationId }),
    },
    {
      route: `POST ${one}/left`,
      act: "sharing.left",
      call: async () => {
        // The rules of the night ask for no more than these two.
        for (const signer of [desk().manager, officer()]) await approve(desk(), signer, applicationId)
        return post(desk(), await supervisor(), `/sharings/${applicationId}/left`, { how: "told" })
      },
    },
    {
      route: `GET ${here}/sharings`,
      act: "sharing.list",
      call: () => send(desk().test, `GET ${at(desk(), "/sharings")}`, { as: officer() }),
    },
    {
      route: `POST ${one}/proofs`,
      act: "sharing.prove",
      call: () => {
        const body = { proofId, kind: "deleted", day: dayIn(desk(), 0), paper: tinyPng }
        return post(desk(), officer(), `/sharings/${applicationId}/proofs`, body)
      },
    },
    {
      route: `POST ${one}/proofs/:proofId/paper`,
      act: "sharing.see_proof",
      call: () => post(desk(), officer(), `/sharings/${applicationId}/proofs/${proofId}/paper`),
    },
    {
      route: `POST ${one}/proofs/:proofId/answer`,
      act: "sharing.archive",
      call: () => {
        const body = { verdict: "accepted" }
        return post(desk(), desk().manager, `/sharings/${applicationId}/proofs/${proofId}/answer`, body)
      },
    },
    {
      route: `POST ${here}/parties/:partyId/end`,
      act: "party.end",
      call: async () => done(await post(desk(), officer(), `/parties/${partyId}/end`, { reason: "done" })),
    },
  ]
}
