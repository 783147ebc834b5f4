/** One person's consents at the desk. Clauses 2.5–2.7, 2.10, 7.2. */

import type { z } from "zod"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { card } from "../store/contract.ts"
import * as contract from "./contract.ts"
import { sealEvidence } from "./evidence.ts"
import { issueReceipt } from "./issue-receipt.ts"
import { noteMinor } from "./note-age.ts"
import { type Proof, recordConsent } from "./record-consent.ts"
import { listInState, readEvents, readPersonRow, readTextsInForce } from "./sql.ts"
import { featureView } from "./views.ts"

const desk = ["clerk", "supervisor", "manager"] as const
const shownAtMost = 200

export function personConsentRoutes(http: Http, house: House): void {
  const { door } = house

  http.on(contract.listConsents, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, desk)
    return look(house.spine, actor, async (reader) => {
      const rows = await listInState(reader, params.communityId, { ...query, limit: shownAtMost + 1 })
      const shown = rows.slice(0, shownAtMost)
      const subjects = shown.map((row) => row.subject_ref)
      return {
        trace: { act: "consent.list", clause: "2.6", subjects, fields: ["name", "phone", "home"] },
        answer: {
          persons: shown.map((row) => card.parse(JSON.parse(row.card))),
          more: rows.length > shownAtMost,
        },
      }
    })
  })

  http.on(contract.readConsents, async ({ params, request }) =>
    readPerson(house, await door.actor(request, params.communityId, desk), params.personId),
  )

  http.on(contract.recordConsent, async ({ params: { communityId, personId }, body, request }) => {
    const actor = await door.actor(request, communityId, desk)
    const proof = await proofOf(house, actor, body)
    await act(house.spine, actor, (command) =>
      recordConsent(command, actor, {
        ...body,
        personId,
        isOwnWish: body.ownWish,
        proof,
        guardian: body.guardian?.relation,
        regime: house.regime(),
      }),
    )
    const { features } = await readPerson(house, actor, personId)
    const feature = features.find(({ text }) => text.feature === body.feature)
    if (feature === undefined) throw new Error("a feature that was answered is not there")
    return { feature, eventId: body.eventId }
  })

  http.on(contract.flagMinor, async ({ params: { communityId, personId }, body, request }) => {
    const actor = await door.actor(request, communityId, desk)
    const isMinor = await noteMinor(house, actor, { personId, turns14: body.turns14 })
    return { isMinor }
  })

  http.on(contract.readConsentReceipt, async ({ params, request }) =>
    issueReceipt(house, await door.actor(request, params.communityId, desk), params),
  )
}

function readPerson(house: House, actor: Actor, personId: string) {
  const { communityId } = actor
  return look(house.spine, actor, async (reader) => {
    const person = await readPersonRow(reader, communityId, personId)
    if (person === undefined) throw new Refusal("thing.absent")
    const moment = { regime: house.regime(), now: house.spine.clock() }
    const texts = await readTextsInForce(reader, communityId)
    const events = Map.groupBy(await readEvents(reader, communityId, { personId }), (row) => row.feature)
    return {
      trace: { act: "consent.read", clause: "2.5", subjects: [person.subject_ref] },
      answer: {
        isMinor: person.is_minor,
        hasEnd: person.has_end,
        isYoung: person.is_young,
        features: texts.map((text) => featureView(text, events.get(text.feature) ?? [], moment)),
      },
    }
  })
}

type Body = z.output<NonNullable<typeof contract.recordConsent.body>>

/** Sealed before the command begins. A guardian's name is kept with what they signed. */
async function proofOf(house: House, actor: Actor, { kind, evidence, guardian }: Body): Promise<Proof> {
  if (evidence.kind === "none" || (kind !== "given" && kind !== "refused")) return { kind: "none" }
  const guardianName = guardian?.name
  if (evidence.kind === "signature") {
    const { signature } = evidence
    return { kind: "signature", sealed: await sealEvidence(house, actor, { signature, guardianName }) }
  }
  const { number, place, scan } = evidence
  return { kind: "paper", number, place, sealed: await sealEvidence(house, actor, { scan, guardianName }) }
}
