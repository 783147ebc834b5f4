/** A form sealed as it comes in, and opened again only to be delivered. Clauses 2.3, 3.9, 3.10. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import type { Actor, Command } from "../../ledger/spine.ts"
import { newId } from "../../platform/random.ts"
import { contentTag } from "../../vault/content-tag.ts"
import { drawNonce } from "../../vault/keyring.ts"
import { openFacts } from "../../vault/opening.ts"
import { openOrReport } from "../../vault/quarantine.ts"
import type { Facts } from "../../vault/record.ts"
import { sealRecord } from "../../vault/record.ts"
import { subjectRef } from "../../vault/subject-ref.ts"
import { type Filled, masksOf } from "./filled.ts"
import { type SubmissionRow, writeFormRecord } from "./submission-sql.ts"

/** Whatever a form holds, it is a service record until it is delivered. Clause 1.3. */
const formClass = "service"

export interface SealedForm {
  readonly subjectId: string
  /** Pseudonym for the traces. */
  readonly ref: string
  readonly write: (command: Command) => Promise<void>
}

export interface Sealing {
  readonly filled: Filled
  readonly channel: string
  readonly buildingId: string | null
}

/** The key is durable before anything is sealed under it; a key without a record is harmless. */
export async function sealForm(house: House, actor: Actor, sealing: Sealing): Promise<SealedForm> {
  const { tenantId, communityId } = actor
  const subjectId = newId(house.spine.clock())
  const index = await house.keyring.indexKey(tenantId, communityId)
  const [key] = await house.keyring.ensureDataKeys([{ tenantId, communityId, subjectId, class: formClass }])
  if (key === undefined) throw new Refusal("server.sealed")
  const place = { tenant: tenantId, community: communityId, subject: subjectId, name: formClass, version: 1 }
  const { filled, channel, buildingId } = sealing
  const write = async (command: Command) => {
    const at = new Date(command.now).toISOString()
    const origin = { purpose: filled.purpose, channel, at, importId: null }
    const masks = masksOf(filled)
    await writeFormRecord(command, communityId, {
      subjectId,
      buildingId,
      sealed: sealRecord(key, { place, facts: filled.facts }, drawNonce),
      contentTag: contentTag(index, place, filled.facts),
      masks,
      origin: Object.fromEntries(Object.keys(masks).map((field) => [field, origin])),
      at,
    })
  }
  return { subjectId, ref: subjectRef(key, subjectId), write }
}

/** Throws `thing.absent` when the record, or its key, is gone; `record.unreadable`. */
export function openForm(house: House, actor: Actor, row: SubmissionRow): Promise<Facts> {
  const { sealed, version, subject_id: subjectId } = row
  if (sealed === null || version === null) throw new Refusal("thing.absent")
  const place = {
    tenant: actor.tenantId,
    community: actor.communityId,
    subject: subjectId,
    name: formClass,
    version,
  }
  return openOrReport(house, { actor, suspect: { subjectId, class: formClass, version } }, async () => {
    const facts = await openFacts(house.keyring, place, sealed)
    if (facts === undefined) throw new Refusal("thing.absent")
    return facts
  })
}

/** A form at the desk is a service record, which a clerk's level does not show: its masks are, while it waits. Clause 3.8. */
export function atTheDesk(actor: Actor): Actor {
  return { ...actor, context: { ...actor.context, classes: formClass } }
}
