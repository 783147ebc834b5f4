/**
 * The look-up of consent at the moment of use: whoever uses data asks here, and takes no caller's word for it. Read anew every
 * time, by the server's own hand, because a repairer sees no consents. Clauses 2.5–2.7.
 */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { readYoung } from "./age-sql.ts"
import { readAnswers, readMinors } from "./answer-sql.ts"
import { needsConsent, refuseUse } from "./consent.ts"
import type { Moment } from "./lapse.ts"
import type { Asked } from "./sql.ts"

/** These fields of this person, for this purpose. */
export interface ConsentAsked {
  readonly personId: string
  readonly purpose: string
  readonly fields: readonly string[]
}

/** Undefined when the fields need no consent here, or have it now; else why they may not be used. */
export async function refuseWithoutConsent(
  house: House,
  communityId: string,
  asked: ConsentAsked,
): Promise<Refusal | undefined> {
  const moment = { regime: house.regime(), now: house.spine.clock() }
  const fields = asked.fields.filter((field) => needsConsent(moment.regime, asked.purpose, field))
  if (fields.length === 0) return undefined
  return consentFor(ownHand(house, communityId), { communityId, ...moment }, { ...asked, fields })
}

/** Whether consent covers every field now; for those who know that it is needed, or are inside a command. */
export async function consentFor(
  reader: Asked,
  { communityId, ...moment }: Moment & { readonly communityId: string },
  asked: ConsentAsked,
): Promise<Refusal | undefined> {
  const answers = await readAnswers(reader, communityId, { personIds: [asked.personId], moment })
  const code = refuseUse(answers, asked)
  return code === undefined ? undefined : new Refusal(code, { purpose: asked.purpose })
}

/** Of these persons, those who are noted as under 14. `reader`: by the server's own hand, for a repairer sees none. Clause 2.10. */
export function minorsAmong(
  reader: Asked,
  communityId: string,
  personIds: readonly string[],
): Promise<string[]> {
  return readMinors(reader, communityId, personIds)
}

/** Of these persons, those who are under 18, as far as an identity number said so. Clause 2.10. */
export function youngAmong(
  reader: Asked,
  communityId: string,
  personIds: readonly string[],
): Promise<string[]> {
  return readYoung(reader, communityId, personIds)
}

function ownHand({ spine }: House, communityId: string): Asked {
  const context = { communities: communityId, buildings: "*", classes: "", posts: "manager", actor: "" }
  return { query: (text, values = []) => spine.database.read(context, text, values) }
}
