/** The desk where the regime is changed. Clauses 1.6, 2.2, 2.3, 2.11. */

import type { z } from "zod"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import type { Http } from "../../platform/http.ts"
import { needsOf } from "./assessment-need.ts"
import { readAssessed } from "./assessment-sql.ts"
import { beginDraft, changeDraft, knownDraft, reviewOf, signDraft, withdrawDraft } from "./draft-desk.ts"
import {
  type DraftRow,
  listChanges,
  listDrafts,
  listSignatures,
  listVersionSignatures,
  listVersions,
  readChange,
  type SignatureRow,
  type VersionRow,
} from "./draft-sql.ts"
import { countDropped, countSeen, countTraces } from "./effect-sql.ts"
import { isFieldCode } from "./field.ts"
import { limitsOf } from "./limits.ts"
import * as contract from "./regime-desk-contract.ts"
import { effectDays, effectsOf } from "./regime-effect.ts"
import type { Regime } from "./regime-shape.ts"
import { newestVersion, readVersionIn } from "./sql.ts"

const readers: readonly Post[] = ["privacy_officer", "manager", "auditor"]
const officers: readonly Post[] = ["privacy_officer"]
const signers: readonly Post[] = ["privacy_officer", "manager"]

const dayMilliseconds = 86_400_000

export function draftRoutes(http: Http, house: House): void {
  const { door } = house
  readRoutes(http, house)

  http.on(contract.beginDraft, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, officers)
    await beginDraft(house, actor, body)
    return detailOf(house, actor, body.draftId)
  })

  http.on(contract.changeDraft, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, officers)
    await changeDraft(house, actor, { ...body, draftId: params.draftId })
    return detailOf(house, actor, params.draftId)
  })

  http.on(contract.signDraft, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, signers)
    await signDraft(house, actor, { ...body, draftId: params.draftId })
    return detailOf(house, actor, params.draftId)
  })

  http.on(contract.withdrawDraft, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, officers)
    await withdrawDraft(house, actor, params.draftId)
    return detailOf(house, actor, params.draftId)
  })
}

function readRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.readDesk, async ({ params, request }) =>
    deskOf(house, await door.actor(request, params.communityId, readers)),
  )

  http.on(contract.readVersion, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, readers)
    const regime = await readVersionIn(readerFor(house, actor), params.version)
    return { version: regime.version, text: textOf(regime) }
  })

  http.on(contract.readDraft, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, readers)
    return detailOf(house, actor, params.draftId)
  })

  http.on(contract.readEffect, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, readers)
    return look(spine, actor, async (reader) => {
      const draft = await knownDraft(reader, params.draftId)
      const after = await readChange(reader, params.draftId, draft.change)
      const since = new Date(reader.now - effectDays * dayMilliseconds).toISOString()
      const seen = await countSeen(reader, actor.communityId, since)
      const dropped = await countDropped(reader, actor.communityId, since)
      return {
        trace: { act: "regime.effect", clause: "2.3" },
        answer: {
          since,
          traces: await countTraces(reader, actor.communityId, since),
          effects: effectsOf({ before: house.regime(), after }, seen, dropped).map((one) => ({
            ...one,
            examples: [...one.examples],
          })),
        },
      }
    })
  })
}

function readerFor({ spine }: House, actor: Actor): Reader {
  return { query: (text, values) => spine.database.read(actor.context, text, values) }
}

async function deskOf(house: House, actor: Actor): Promise<z.input<typeof contract.readDesk.reply>> {
  const reader = readerFor(house, actor)
  const now = house.spine.clock()
  const inForce = house.regime()
  const versions = await listVersions(reader)
  const signatures = Map.groupBy(await listVersionSignatures(reader), (one) => one.draft_id)
  const drafts = await listDrafts(reader)
  const assessed = await readAssessed(reader, new Date(now).toISOString().slice(0, 10))
  return {
    inForce: inForce.version,
    newest: versions[0]?.version ?? inForce.version,
    versions: versions.map((row) => ({
      version: row.version,
      activeSince: row.active_since.toISOString(),
      state: stateOf(row, inForce.version, now),
      title: row.title,
      backTo: row.back_to,
      signatures: (signatures.get(row.draft_id ?? "") ?? []).map(signatureOf),
    })),
    drafts: await Promise.all(
      drafts.map(async (row) => summaryOf(row, await listSignatures(reader, row.draft_id, row.change))),
    ),
    inherited: needsOf(inForce, assessed).inherited.map((one) => ({ ...one, fields: [...one.fields] })),
  }
}

function stateOf({ version, active_since }: VersionRow, inForce: number, now: number) {
  if (version === inForce) return "in_force" as const
  return version > inForce && active_since.getTime() > now ? ("waiting" as const) : ("past" as const)
}

async function detailOf(house: House, actor: Actor, draftId: string): Promise<contract.DraftDetail> {
  const reader = readerFor(house, actor)
  const draft = await knownDraft(reader, draftId)
  const regime = await readChange(reader, draftId, draft.change)
  const { contradictions, findings, needs } = await reviewOf(reader, { house, actor, regime })
  const changes = await listChanges(reader, draftId)
  return {
    ...summaryOf(draft, await listSignatures(reader, draftId, draft.change)),
    basedOn: draft.based_on,
    isStale: draft.ended_at === null && draft.based_on !== (await newestVersion(reader)),
    text: textOf(regime),
    changes: changes.map((row) => ({
      change: row.change,
      by: { staffId: row.changed_by, name: row.name },
      at: row.changed_at.toISOString(),
    })),
    contradictions: contradictions.map(({ code, facts }) => ({ code, facts })),
    findings: [...findings],
    missing: needs.missing.map((one) => ({ ...one, fields: [...one.fields] })),
  }
}

function summaryOf(row: DraftRow, signatures: readonly SignatureRow[]): contract.DraftSummary {
  const ended = row.version === null ? "withdrawn" : "active"
  return {
    draftId: row.draft_id,
    title: row.title,
    backTo: row.back_to,
    state: row.ended_at === null ? "open" : ended,
    version: row.version,
    change: row.change,
    madeBy: { staffId: row.made_by, name: row.made_name },
    changedBy: { staffId: row.changed_by, name: row.changed_name },
    changedAt: row.changed_at.toISOString(),
    signatures: signatures.map(signatureOf),
  }
}

function signatureOf(row: SignatureRow): contract.DraftSummary["signatures"][number] {
  return {
    place: row.place,
    by: { staffId: row.signed_by, name: row.name },
    post: row.post,
    at: row.signed_at.toISOString(),
    activeSince: row.active_since?.toISOString() ?? null,
  }
}

function textOf(regime: Regime): contract.RegimeTextView {
  const { purposes, matrix, fields } = regime
  return contract.regimeText.parse({
    purposes,
    matrix,
    fields: fields.filter(({ code }) => isFieldCode(code)),
    limits: limitsOf(regime),
  })
}
