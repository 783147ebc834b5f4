/** What crosses the wire about roster imports. Clauses 2.3, 2.12. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"

const inCommunity = z.object({ communityId: numberId })
const oneImport = z.object({ communityId: numberId, importId: uuid })

/** What becomes of a column. `target` is a roster place (building, unit, room, home, role, move_out) or a field of the catalogue. */
export const columnFate = z.discriminatedUnion("fate", [
  z.object({ fate: z.literal("take"), target: z.string().max(40) }),
  z.object({ fate: z.literal("forbidden"), field: z.string().max(40) }),
  z.object({ fate: z.literal("ignore") }),
])
export type ColumnFate = z.infer<typeof columnFate>

const column = z.object({
  index: z.number().int(),
  header: z.string(),
  fate: columnFate,
  /** Masked samples of columns that are taken; nothing of the others. */
  samples: z.array(z.string()),
})

const sheet = z.object({
  index: z.number().int(),
  name: z.string(),
  hidden: z.boolean(),
  rows: z.number().int(),
  columns: z.array(column),
})

/** uploaded → checking → checked → committing → done; failed and cancelled end it. */
const importState = z.enum([
  "reading",
  "uploaded",
  "checking",
  "checked",
  "committing",
  "done",
  "failed",
  "cancelled",
])

const counts = z.object({
  rows: z.number().int(),
  /** Rows that are (or would be) taken. */
  taken: z.number().int(),
  added: z.number().int(),
  merged: z.number().int(),
  unchanged: z.number().int(),
  /** Taken, with a value to be verified. */
  toVerify: z.number().int(),
  refused: z.number().int(),
  /** Gone at the source: on the to-be-destroyed list, not in live data. */
  toDestroy: z.number().int(),
  cells: z.number().int(),
})

export const importSummary = z.object({
  importId: uuid,
  fileName: z.string(),
  state: importState,
  /** Code of a refusal when `failed`. */
  failure: z.string().nullable(),
  createdAt: instant,
  createdBy: z.string(),
  /** Rows done of rows in all, while checking or committing. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }),
  counts: counts.nullable(),
})
export type ImportSummary = z.infer<typeof importSummary>

export const importDetail = importSummary.extend({
  layout: z.string().nullable(),
  sheetIndex: z.number().int(),
  sheets: z.array(sheet),
  /** Forbidden columns: dropped before anything is stored, counted. */
  dropped: z.array(z.object({ field: z.string(), header: z.string(), cells: z.number().int() })),
})
export type ImportDetail = z.infer<typeof importDetail>

export const listImports = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/imports",
  clause: "2.12",
  summary: "The imports of this community, newest first.",
  params: inCommunity,
  reply: z.object({ imports: z.array(importSummary) }),
})

/** Multipart upload with one part `file`; described here for the client and the OpenAPI page. */
export const uploadImport = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/imports",
  clause: "2.12",
  summary: "Uploads a workbook (.xlsx, .csv). It is sealed as it arrives; only its layout is read.",
  params: inCommunity,
  reply: importDetail,
})

export const readImport = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/imports/:importId",
  clause: "2.12",
  summary: "One import: state, mapping, masked samples, counts.",
  params: oneImport,
  reply: importDetail,
})

export const checkImport = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/imports/:importId/check",
  clause: "2.12",
  summary: "Dry run with this mapping: reads every row, stores nothing of it, reports problems.",
  params: oneImport,
  body: z.object({ sheetIndex: z.number().int().min(0), fates: z.array(columnFate).max(400) }),
  reply: importDetail,
})

export const commitImport = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/imports/:importId/commit",
  clause: "2.12",
  summary: "Takes the rows in batches; can be cancelled, and goes on after a restart.",
  params: oneImport,
  body: z.object({}),
  reply: importDetail,
})

export const cancelImport = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/imports/:importId/cancel",
  clause: "2.12",
  summary: "Stops before the next batch; batches already committed stay.",
  params: oneImport,
  body: z.object({}),
  reply: importDetail,
})

const problem = z.object({
  row: z.number().int(),
  column: z.string(),
  field: z.string(),
  /** Code of the reason; its sentence is in problem-sentences. */
  reason: z.string(),
  verdict: z.enum(["verify", "refuse"]),
})

export const listProblems = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/imports/:importId/problems",
  clause: "2.12",
  summary: "Problems by cell, without the values.",
  params: oneImport,
  query: z.object({
    after: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  reply: z.object({ problems: z.array(problem), next: z.number().int().nullable(), total: z.number().int() }),
})

/** A download: the uploader's own workbook with the cells marked. Binary; the reply schema only documents it. */
export const downloadProblems = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/imports/:importId/problems.xlsx",
  clause: "2.12",
  summary:
    "The uploader's own workbook, faulty cells marked, with a note on each and a last column saying why.",
  params: oneImport,
  query: z.object({ language: z.enum(["zh-CN", "en"]).default("zh-CN") }),
  reply: z.unknown(),
})

export const listNotCollected = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/not-collected",
  clause: "2.12",
  summary: "What was offered and not collected: forbidden columns dropped, rows gone at the source.",
  params: inCommunity,
  reply: z.object({
    columns: z.array(
      z.object({
        field: z.string(),
        header: z.string(),
        cells: z.number().int(),
        importId: uuid,
        fileName: z.string(),
        at: instant,
      }),
    ),
    toDestroy: z.array(
      z.object({ importId: uuid, fileName: z.string(), rows: z.number().int(), at: instant }),
    ),
  }),
})
