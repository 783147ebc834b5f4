/** What happens to a draft of the regime: begun, saved, signed, withdrawn; and how it stands. Clauses 2.2, 2.3, 2.11. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import { needsOf } from "./assessment-need.ts"
import { readAssessed } from "./assessment-sql.ts"
import { applied, decideSignature, type Review, refuseConvenience, refuseUnready } from "./draft.ts"
import {
  type DraftRow,
  databaseNow,
  findDraft,
  isGuest,
  listSignatures,
  lockRegime,
  readChange,
  writeChange,
  writeDraft,
  writeEnd,
  writeSignature,
} from "./draft-sql.ts"
import { lastUses } from "./effect-sql.ts"
import { limitsOf, unsettable } from "./limits.ts"
import { settable } from "./own-limits.ts"
import { lintPurposes } from "./purpose-lint.ts"
import type { Regime, RegimeText } from "./regime-shape.ts"
import { newestVersion, readVersionIn, writeVersion } from "./sql.ts"
import { validateRegime } from "./validate-regime.ts"

/** So far back a use is looked for. */
const usesMilliseconds = 90 * 86_400_000

/** From the newest version, or from the one that is to come back. Sent again with the same id, it changes nothing. */
export async function beginDraft(
  house: House,
  actor: Actor,
  asked: { draftId: string; title: string; backTo: number | null },
): Promise<void> {
  await act(house.spine, actor, async (command) => {
    await lockRegime(command)
    command.trace({ act: "regime.draft", clause: "2.3" })
    const sent = await findDraft(command, asked.draftId)
    if (sent !== undefined && sent.made_by !== actor.staffId) throw new Refusal("thing.absent")
    if (sent !== undefined) return
    const newest = await newestVersion(command)
    if (asked.backTo !== null && asked.backTo >= newest) throw new Refusal("thing.absent")
    const base = await readVersionIn(command, asked.backTo ?? newest)
    const by = stampOf(command, actor)
    await writeDraft(command, asked, by)
    const regime = { ...base, version: newest + 1 }
    await writeChange(command, { draftId: asked.draftId, change: 1, basedOn: newest, regime }, by)
  })
}

/** Throws `regime.purpose_convenience`, `regime.draft_closed`, `regime.draft_changed`; `request.malformed` for a number. */
export async function changeDraft(
  house: House,
  actor: Actor,
  { draftId, after, text }: { draftId: string; after: number; text: RegimeText },
): Promise<void> {
  refuseConvenience(text)
  await act(house.spine, actor, async (command) => {
    await lockRegime(command)
    const draft = await openDraft(command, draftId)
    if (draft.change !== after) throw new Refusal("regime.draft_changed")
    const before = limitsOf(await readChange(command, draftId, draft.change))
    const limits = text.limits ?? before
    const wrong = unsettable(before, limits)
    if (wrong !== undefined)
      throw new Refusal("request.malformed", { field: settable.has(wrong) ? wrong : "limits" })
    const newest = await newestVersion(command)
    const regime = applied(await baseOf(command, draft, newest), { ...text, limits }, newest)
    const saved = { draftId, change: after + 1, basedOn: newest, regime }
    await writeChange(command, saved, stampOf(command, actor))
    command.trace({ act: "regime.change", clause: "2.3" })
  })
}

/** What the officer does not edit comes from the newest version, or from the one that comes back. */
function baseOf(command: Command, draft: DraftRow, newest: number): Promise<Regime> {
  return readVersionIn(command, draft.back_to ?? newest)
}

interface Asked {
  readonly draftId: string
  readonly change: number
  readonly activeSince: string | null
}

/** The second signature puts the draft into force, in the same transaction. Throws as the rules of `draft.ts` do. */
export async function signDraft(house: House, actor: Actor, asked: Asked): Promise<void> {
  const isActive = await act(house.spine, asSetter(actor), async (command) => {
    await lockRegime(command)
    if (await isGuest(command, actor.tenantId)) throw new Refusal("regime.demonstration")
    const draft = await knownDraft(command, asked.draftId)
    const signatures = await listSignatures(command, asked.draftId, draft.change)
    const newest = await newestVersion(command)
    const place = decideSignature(
      {
        newest,
        draft: { change: draft.change, basedOn: draft.based_on, isEnded: draft.ended_at !== null },
        signatures: signatures.map((one) => ({ place: one.place, by: one.signed_by })),
      },
      { staffId: actor.staffId ?? "", posts: actor.context.posts.split(","), change: asked.change },
    )
    const regime = await readChange(command, asked.draftId, draft.change)
    refuseUnready(await reviewOf(command, { house, actor, regime }), place)
    const post = place === 1 ? "privacy_officer" : actor.post
    const activeSince = place === 1 ? asked.activeSince : null
    const { draftId, change } = asked
    await writeSignature(command, { draftId, change, place, post, activeSince }, stampOf(command, actor))
    command.trace({ act: "regime.sign", clause: "2.3" })
    if (place === 1) return false
    const now = await databaseNow(command)
    const wanted = signatures[0]?.active_since ?? now
    await writeVersion(command, regime, wanted > now ? wanted : now)
    await writeEnd(command, { draftId, version: regime.version, change }, stampOf(command, actor))
    command.trace({ act: "regime.activate", clause: "2.3" })
    return true
  })
  if (isActive) await house.refreshRegime()
}

/** Throws `regime.draft_closed`. */
export async function withdrawDraft(house: House, actor: Actor, draftId: string): Promise<void> {
  await act(house.spine, actor, async (command) => {
    await lockRegime(command)
    await openDraft(command, draftId)
    await writeEnd(command, { draftId, version: null, change: null }, stampOf(command, actor))
    command.trace({ act: "regime.withdraw", clause: "2.3" })
  })
}

export interface Reviewing {
  readonly house: House
  readonly actor: Actor
  readonly regime: Regime
}

/** How a draft reads against the regime in force, the assessments and the uses there were. */
export async function reviewOf(reader: Reader, { house, actor, regime }: Reviewing): Promise<Review> {
  const now = house.spine.clock()
  const assessed = await readAssessed(reader, new Date(now).toISOString().slice(0, 10))
  const since = new Date(now - usesMilliseconds).toISOString()
  const uses = await lastUses(reader, actor.communityId, since)
  return {
    contradictions: validateRegime(regime),
    findings: lintPurposes({ regime, inForce: house.regime(), assessed, uses, now }),
    needs: needsOf(regime, assessed),
  }
}

/** Throws `thing.absent`. */
export async function knownDraft(reader: Reader, draftId: string): Promise<DraftRow> {
  const draft = await findDraft(reader, draftId)
  if (draft === undefined) throw new Refusal("thing.absent")
  return draft
}

async function openDraft(command: Command, draftId: string): Promise<DraftRow> {
  const draft = await knownDraft(command, draftId)
  if (draft.ended_at !== null) throw new Refusal("regime.draft_closed")
  return draft
}

/** Versions are written under the posts of the set-up alone; the signature is what lets this actor. */
function asSetter(actor: Actor): Actor {
  return { ...actor, context: { ...actor.context, posts: `${actor.context.posts},setup` } }
}

function stampOf(command: Command, actor: Actor): { staffId: string; at: string } {
  return { staffId: actor.staffId ?? "", at: new Date(command.now).toISOString() }
}
