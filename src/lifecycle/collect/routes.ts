/** Imports over HTTP. Clauses 2.3, 2.12. */

import type { FastifyRequest } from "fastify"
import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { isFieldCode } from "../catalogue/field.ts"
import { passChannel } from "../forms/channel-gate.ts"
import { annotateOffThread } from "./annotate-off-thread.ts"
import * as contract from "./contract.ts"
import { newest, parseSteps, stateOf } from "./import-step.ts"
import { detailOf, summaryOf } from "./import-view.ts"
import type { Importer } from "./importer.ts"
import { assertMapping, keepForbidden, refuseRenamed } from "./mapping.ts"
import { usualLimits } from "./sheet-shape.ts"
import {
  type Asked,
  countProblems,
  type ImportRow,
  listImports,
  listNotCollected,
  listProblems,
  listToDestroy,
  readImport,
} from "./sql.ts"
import { readUpload, upload } from "./upload.ts"

const importing: readonly Post[] = ["manager"]
const watching: readonly Post[] = ["manager", "privacy_officer"]
const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

export function collectRoutes(http: Http, house: House, importer: Importer): void {
  uploadRoutes(http, house, importer)
  stepRoutes(http, house, importer)
  problemRoutes(http, house)
  reportRoutes(http, house)
}

function uploadRoutes(http: Http, house: House, importer: Importer): void {
  const { door } = house

  http.on(contract.listImports, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, watching)
    const rows = await listImports(asked(house, actor), params.communityId)
    return { imports: rows.map((row) => summaryOf(row, importer.progress(row.import_id))) }
  })

  http.on(contract.uploadImport, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, importing)
    await passImport(house, actor, [])
    const importId = await upload(house, actor, await fileOf(request))
    return readDetail(house, importer, { actor, importId })
  })

  http.on(contract.readImport, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, watching)
    return readAnyDetail(house, importer, { actor, importId: params.importId })
  })
}

function stepRoutes(http: Http, house: House, importer: Importer): void {
  const { door } = house

  http.on(contract.checkImport, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, importing)
    const { importId } = params
    assertMapping(house.regime(), body.fates)
    await passImport(house, actor, takenBy(body.fates))
    const row = await find(house, actor, { importId, states: ["uploaded", "checked", "failed", "cancelled"] })
    const sheet = newest(parseSteps(row.steps), "uploaded")?.sheets[body.sheetIndex]
    if (sheet === undefined) throw new Refusal("request.malformed", { field: "sheetIndex" })
    refuseRenamed(sheet.fates, body.fates)
    const mapped = {
      step: "mapped" as const,
      sheetIndex: body.sheetIndex,
      fates: keepForbidden(sheet.fates, body.fates),
    }
    await importer.startCheck(actor, row, mapped)
    return readDetail(house, importer, { actor, importId })
  })

  http.on(contract.commitImport, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, importing)
    const { importId } = params
    const row = await find(house, actor, { importId, states: ["checked", "cancelled"] })
    await passImport(house, actor, takenBy(newest(parseSteps(row.steps), "mapped")?.fates ?? []))
    await importer.startCommit(actor, row)
    return readDetail(house, importer, { actor, importId })
  })

  http.on(contract.cancelImport, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, importing)
    await find(house, actor, { importId: params.importId, states: ["checking", "committing"] })
    await importer.cancel(actor, params.importId)
    return readDetail(house, importer, { actor, importId: params.importId })
  })
}

/** A workbook comes through a channel of its own, which may be stopped or narrower than the matrix. Clause 2.8. */
async function passImport(house: House, actor: Actor, fields: readonly string[]): Promise<void> {
  await passChannel(house, actor, { channel: "import", purpose: "move_in", fields })
}

function takenBy(fates: readonly contract.ColumnFate[]): string[] {
  return fates.flatMap((one) => (one.fate === "take" && isFieldCode(one.target) ? [one.target] : []))
}

function problemRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listProblems, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, watching)
    const row = await find(house, actor, { importId: params.importId })
    const header = headerOf(row)
    const { after, limit } = query
    const rows = await listProblems(asked(house, actor), params.communityId, {
      importId: params.importId,
      after,
      limit: limit + 1,
    })
    const shown = rows.slice(0, limit)
    return {
      problems: shown.map((one) => ({
        row: one.source_row,
        column: header[one.source_column] ?? "",
        field: one.field,
        reason: one.reason,
        verdict: one.verdict,
      })),
      next: rows.length > limit ? (shown.at(-1)?.number ?? null) : null,
      total: await countProblems(asked(house, actor), params.communityId, params.importId),
    }
  })

  http.on(contract.downloadProblems, async ({ params, query, request, reply }) => {
    const actor = await door.actor(request, params.communityId, importing)
    const { importId } = params
    const row = await find(house, actor, { importId })
    if (row.created_by !== actor.staffId) throw new Refusal("post.not_allowed")
    const workbook = await look(spine, actor, async (reader) => {
      const found = await listProblems(reader, actor.communityId, { importId, after: 0, limit: 20_000 })
      if (found.length === 0) throw new Refusal("import.nothing_wrong")
      const bytes = new Uint8Array(await readUpload(house, actor, importId))
      const problems = found.map((one) => ({ ...one, row: one.source_row, column: one.source_column }))
      const mapped = newest(parseSteps(row.steps), "mapped")
      const sheet = mapped?.sheetIndex ?? 0
      const marking = { sheet, problems, language: query.language, limits: usualLimits }
      const answer = await annotateOffThread(bytes, row.file_name, marking)
      const fields = (mapped?.fates ?? []).flatMap((one) => (one.fate === "take" ? [one.target] : []))
      const trace = {
        act: "import.download",
        clause: "2.12",
        purpose: "move_in",
        fields: [...new Set(fields.filter(isFieldCode))],
      }
      return { trace, answer, isPlain: true }
    })
    const name = encodeURIComponent(`${row.file_name.replace(/\.[^.]*$/, "")}-问题.xlsx`)
    return reply
      .header("content-type", spreadsheet)
      .header("content-disposition", `attachment; filename="problems.xlsx"; filename*=UTF-8''${name}`)
      .send(Buffer.from(workbook))
  })
}

function reportRoutes(http: Http, house: House): void {
  const { door } = house

  http.on(contract.listNotCollected, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, watching)
    const columns = await listNotCollected(asked(house, actor), params.communityId)
    const toDestroy = await listToDestroy(asked(house, actor), params.communityId)
    return {
      columns: columns.map((row) => ({
        ...place(row),
        field: row.field,
        header: row.header,
        cells: row.cells,
      })),
      toDestroy: toDestroy.map((row) => ({ ...place(row), rows: row.rows })),
    }
  })
}

function place(row: { import_id: string; file_name: string; at: Date }) {
  return { importId: row.import_id, fileName: row.file_name, at: row.at.toISOString() }
}

/** Steps and counts hold no value of a person: read under row security, without a trace. */
function asked({ spine }: House, actor: Actor): Asked {
  return { query: (text, values = []) => spine.database.read(actor.context, text, values) }
}

interface Sought {
  readonly importId: string
  /** Refused as `import.not_ready` in any other state. */
  readonly states?: ReadonlyArray<ReturnType<typeof stateOf>>
}

async function find(house: House, actor: Actor, { importId, states }: Sought): Promise<ImportRow> {
  const row = await readImport(asked(house, actor), actor.communityId, importId)
  if (row === undefined) throw new Refusal("thing.absent")
  if (states !== undefined && !states.includes(stateOf(parseSteps(row.steps))))
    throw new Refusal("import.not_ready")
  return row
}

async function readDetail(
  house: House,
  importer: Importer,
  { actor, importId }: { actor: Actor; importId: string },
) {
  return detailOf(await find(house, actor, { importId }), importer.progress(importId))
}

/** The uploader reads of an own file; anybody else is shown masks of owners, which leaves a trace. Clause 3.12. */
async function readAnyDetail(
  house: House,
  importer: Importer,
  { actor, importId }: { actor: Actor; importId: string },
) {
  const row = await find(house, actor, { importId })
  const answer = detailOf(row, importer.progress(importId))
  if (row.created_by === actor.staffId) return answer
  const trace = { act: "import.read", clause: "2.12", purpose: "move_in", fields: sampledFields(answer) }
  return look(house.spine, actor, async () => ({ trace, answer }))
}

function sampledFields({ sheets }: ReturnType<typeof detailOf>): string[] {
  const sampled = sheets.flatMap(({ columns }) => columns.filter(({ samples }) => samples.length > 0))
  const fields = sampled.flatMap(({ fate }) => (fate.fate === "take" ? [fate.target] : []))
  return [...new Set(fields.filter(isFieldCode))]
}

function headerOf(row: ImportRow): readonly string[] {
  const steps = parseSteps(row.steps)
  const sheetIndex = newest(steps, "mapped")?.sheetIndex ?? 0
  return newest(steps, "uploaded")?.sheets[sheetIndex]?.header ?? []
}

async function fileOf(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  const part = request.isMultipart() ? await request.file() : undefined
  if (part === undefined) throw new Refusal("request.malformed", { field: "file" })
  const bytes = await part.toBuffer()
  return { name: (part.filename || "roster").slice(-120), bytes }
}
