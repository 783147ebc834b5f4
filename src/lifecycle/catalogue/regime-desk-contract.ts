/** What crosses the wire while the regime is changed: drafts, signatures, versions. No personal data. Clauses 1.6, 2.2, 2.3, 2.11. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { contradictionCodes } from "./contradiction.ts"
import { fieldCodes } from "./field.ts"
import { lintCodes } from "./purpose-lint.ts"
import { effectKinds } from "./regime-effect.ts"
import { purposePattern } from "./regime-shape.ts"
import { watchCodes } from "./watch-shape.ts"

const inCommunity = z.object({ communityId: numberId })
const oneDraft = z.object({ communityId: numberId, draftId: uuid })
const text = (max: number) => z.string().trim().max(max)
const words = (max: number) => z.object({ "zh-CN": text(max), en: text(max) })
const purposeCode = z.string().regex(purposePattern)

/** What the privacy officer edits: purposes, matrix, of a field its name and how long it is kept, and numbers. */
export const regimeText = z.object({
  purposes: z
    .array(
      z.object({
        code: purposeCode,
        label: words(40),
        service: words(200),
        basis: text(120),
        isShared: z.boolean(),
        isPublished: z.boolean(),
      }),
    )
    .max(100),
  matrix: z.record(
    purposeCode,
    z.partialRecord(
      z.enum(fieldCodes),
      z.object({
        rule: z.enum(["required", "optional", "forbidden"]),
        note: words(100).optional(),
        ground: text(300).optional(),
      }),
    ),
  ),
  fields: z.array(z.object({ code: z.enum(fieldCodes), label: words(40), retention: z.string().max(40) })),
  /** Left out in a change: as they were saved last. */
  limits: z
    .object({ numbers: z.record(z.string().max(60), z.number()), off: z.array(z.enum(watchCodes)).max(20) })
    .optional(),
})
export type RegimeTextView = z.infer<typeof regimeText>

const who = z.object({ staffId: uuid, name: z.string() })
const signature = z.object({
  place: z.number().int(),
  by: who,
  post: z.string(),
  at: instant,
  activeSince: instant.nullable(),
})
const need = z.object({
  purpose: z.string(),
  fields: z.array(z.string()),
  isShared: z.boolean(),
  isPublished: z.boolean(),
})

const draftStates = ["open", "active", "withdrawn"] as const

export const draftSummary = z.object({
  draftId: uuid,
  title: z.string(),
  /** The version it brings back; null: a change of its own. */
  backTo: z.number().int().nullable(),
  state: z.enum(draftStates),
  /** The version it became. */
  version: z.number().int().nullable(),
  change: z.number().int(),
  madeBy: who,
  changedBy: who,
  changedAt: instant,
  signatures: z.array(signature),
})
export type DraftSummary = z.infer<typeof draftSummary>

export const versionSummary = z.object({
  version: z.number().int(),
  activeSince: instant,
  state: z.enum(["in_force", "waiting", "past"]),
  title: z.string().nullable(),
  backTo: z.number().int().nullable(),
  signatures: z.array(signature),
})
export type VersionSummary = z.infer<typeof versionSummary>

export const readDesk = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/regime",
  clause: "2.3",
  summary: "Versions of the regime with who signed them, open drafts, and purposes that wait to be assessed.",
  params: inCommunity,
  reply: z.object({
    inForce: z.number().int(),
    newest: z.number().int(),
    versions: z.array(versionSummary),
    drafts: z.array(draftSummary),
    /** What version 1 brought along without an assessment. */
    inherited: z.array(need),
  }),
})

export const readVersion = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/regime/versions/:version",
  clause: "2.3",
  summary: "What a version says, for comparing.",
  params: z.object({ communityId: numberId, version: z.coerce.number().int().min(1) }),
  reply: z.object({ version: z.number().int(), text: regimeText }),
})

export const finding = z.object({
  code: z.enum(lintCodes),
  level: z.enum(["error", "warning"]),
  purpose: z.string(),
  field: z.string().optional(),
  word: z.string().optional(),
})
export type FindingView = z.infer<typeof finding>

export const draftDetail = draftSummary.extend({
  basedOn: z.number().int(),
  /** A newer version came since it was saved: it must be saved again. */
  isStale: z.boolean(),
  text: regimeText,
  changes: z.array(z.object({ change: z.number().int(), by: who, at: instant })),
  contradictions: z.array(
    z.object({ code: z.enum(contradictionCodes), facts: z.record(z.string(), z.string()) }),
  ),
  findings: z.array(finding),
  missing: z.array(need),
})
export type DraftDetail = z.infer<typeof draftDetail>

export const readDraft = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/regime/drafts/:draftId",
  clause: "2.3",
  summary: "A draft with what contradicts in it, what its purposes lack, and its signatures.",
  params: oneDraft,
  reply: draftDetail,
})

export const beginDraft = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/regime/drafts",
  clause: "2.3",
  summary: "Begins a draft from the newest version, or one that brings an older version back.",
  params: inCommunity,
  body: z.object({
    draftId: uuid,
    title: z.string().trim().min(1).max(80),
    backTo: z.number().int().min(1).nullable().default(null),
  }),
  reply: draftDetail,
})

export const changeDraft = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/regime/drafts/:draftId/changes",
  clause: "2.2",
  summary: "Saves a draft. A purpose for convenience is refused.",
  params: oneDraft,
  body: z.object({
    /** The change that this one follows. */
    after: z.number().int().min(1),
    text: regimeText,
  }),
  reply: draftDetail,
})

export const signDraft = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/regime/drafts/:draftId/sign",
  clause: "2.3",
  summary:
    "Signs a draft as it was saved: first a privacy officer, then somebody else. The second puts it into force.",
  params: oneDraft,
  body: z.object({
    change: z.number().int().min(1),
    /** The first signature says when; null: with the second signature. */
    activeSince: instant.nullable().default(null),
  }),
  reply: draftDetail,
})

export const withdrawDraft = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/regime/drafts/:draftId/withdraw",
  clause: "2.3",
  summary: "Withdraws a draft; it stays to be read.",
  params: oneDraft,
  reply: draftDetail,
})

export const effect = z.object({
  kind: z.enum(effectKinds),
  purpose: z.string(),
  field: z.string(),
  act: z.string(),
  count: z.number().int(),
  /** Ids of traces, or of imports where the act is one of theirs. */
  examples: z.array(uuid),
})
export type EffectView = z.infer<typeof effect>

export const readEffect = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/regime/drafts/:draftId/effect",
  clause: "2.3",
  summary:
    "What the draft would have refused, allowed, or asked consent or approval for, in the last thirty days.",
  params: oneDraft,
  reply: z.object({ since: instant, traces: z.number().int(), effects: z.array(effect) }),
})
