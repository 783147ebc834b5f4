/**
 * The form that anybody opens with the code at the counter, without signing in. What comes in is sealed at once under the
 * community's keys and waits for the desk; nothing of it goes back to a phone. Clauses 2.3, 2.6, 2.8.
 */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import { type Agreeing, prepareAgreed, recordForSubject } from "./agree.ts"
import { pass } from "./channel.ts"
import { asked, readRegister } from "./channel-gate.ts"
import { readForm, writeRow } from "./desk-form.ts"
import type { Said } from "./filled.ts"
import { type Form, formOf, within } from "./form.ts"
import { sealForm } from "./seal-form.ts"
import { type CommunityRow, findCommunity, findLink } from "./sheet-sql.ts"

const uniqueViolation = "23505"

export interface Counter {
  readonly actor: Actor
  readonly link: { readonly linkId: string; readonly purpose: string }
  readonly community: CommunityRow
}

/** `10-` and 22 signs: the community, then what cannot be guessed. */
const codePattern = /^([1-9]\d{0,18})-([A-Za-z0-9_-]{22})$/

export function codeOf(communityId: string, token: string): string {
  return `${communityId}-${token}`
}

/** What the code opens. A code that is wrong, stopped or of a community that is gone opens nothing: `thing.absent`. */
export async function atCounter(house: House, code: string): Promise<Counter> {
  const [, communityId = "", token = ""] = codePattern.exec(code) ?? []
  if (token === "") throw new Refusal("thing.absent")
  const visitor = visitorOf(communityId)
  const community = await findCommunity(asked(house, visitor), communityId)
  const link = community && (await findLink(asked(house, visitor), communityId, token))
  if (community === undefined || link === undefined) throw new Refusal("thing.absent")
  const actor = { ...visitor, tenantId: community.tenant_id }
  return { actor, community, link: { linkId: link.link_id, purpose: link.purpose } }
}

/** Nobody who is signed in: row security lets this hand find a home by its name and add one sealed record. */
function visitorOf(communityId: string): Actor {
  return {
    tenantId: "",
    communityId,
    staffId: null,
    post: "phone_page",
    client: "phone",
    context: { communities: communityId, buildings: "*", classes: "", posts: "phone_page", actor: "" },
  }
}

/** The form as the phone channel has it. Throws `channel.stopped` and the like. */
export async function openPhoneForm(house: House, { actor, link }: Counter): Promise<Form> {
  const form = formOf(house.regime(), link.purpose)
  if (form === undefined) throw new Refusal("thing.absent")
  const register = await readRegister(house, actor)
  const channel = pass(register, { channel: "phone", purpose: link.purpose, fields: [] })
  return within(form, channel.fields)
}

/** Sent again with the same id, it changes nothing. */
export async function sendPhoneForm(
  house: House,
  counter: Counter,
  said: Said & { readonly submissionId: string; readonly consent?: Agreeing | undefined },
): Promise<void> {
  const { actor, link } = counter
  const placed = await readForm(house, actor, { said, purpose: link.purpose, channel: "phone" })
  const buildingId = placed.home?.building_id ?? null
  const { filled, form } = placed
  const asking = { form, filled, agreeing: said.consent, channel: "phone_page" } as const
  const agreed = await prepareAgreed(house, actor, asking)
  const sealed = await sealForm(house, actor, { filled: placed.filled, channel: "phone", buildingId })
  const row = { placed, submissionId: said.submissionId, subjectId: sealed.subjectId, linkId: link.linkId }
  const sending = act(house.spine, actor, async (command) => {
    await writeRow(command, actor, { ...row, channel: "phone" })
    await sealed.write(command)
    const buildingIds = buildingId === null ? [] : [buildingId]
    const subject = { personId: sealed.subjectId, ref: sealed.ref, buildingIds }
    await recordForSubject(command, actor, { subject, agreed })
    const { purpose, fields } = placed.filled
    command.trace({ act: "form.submit", clause: "2.3", purpose, subjects: [sealed.ref], fields })
  })
  await sending.catch((error: unknown) => {
    if (sqlState(error) !== uniqueViolation) throw error
  })
}
