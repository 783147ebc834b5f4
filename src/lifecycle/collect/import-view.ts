/** An import as the wire shows it. */

import type { z } from "zod"
import type { importDetail, importSummary } from "./contract.ts"
import { newest, parseSteps, stateOf } from "./import-step.ts"
import { countsOf } from "./jobs.ts"
import type { ImportRow } from "./sql.ts"

export function summaryOf(row: ImportRow, runningAt: number | undefined): z.input<typeof importSummary> {
  const steps = parseSteps(row.steps)
  const state = stateOf(steps)
  const uploaded = newest(steps, "uploaded")
  const sheetIndex = newest(steps, "mapped")?.sheetIndex ?? uploaded?.sheetIndex ?? 0
  const total = uploaded?.sheets[sheetIndex]?.rows ?? 0
  const committed = countsOf(row)
  const isCommitted = state === "committing" || state === "done" || state === "cancelled"
  return {
    importId: row.import_id,
    fileName: row.file_name,
    state,
    failure: newest(steps, "failed")?.code ?? null,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by_name,
    progress: { done: runningAt ?? doneOf(state, row, total), total },
    counts: isCommitted ? committed : (newest(steps, "checked")?.counts ?? null),
  }
}

function doneOf(state: ReturnType<typeof stateOf>, row: ImportRow, total: number): number {
  if (state === "checked" || state === "done") return total
  return row.rows_done ?? 0
}

export function detailOf(row: ImportRow, runningAt: number | undefined): z.input<typeof importDetail> {
  const steps = parseSteps(row.steps)
  const uploaded = newest(steps, "uploaded")
  const mapped = newest(steps, "mapped")
  const sheetIndex = mapped?.sheetIndex ?? uploaded?.sheetIndex ?? 0
  return {
    ...summaryOf(row, runningAt),
    layout: uploaded?.layout ?? null,
    sheetIndex,
    sheets: (uploaded?.sheets ?? []).map((sheet) => ({
      index: sheet.index,
      name: sheet.name,
      hidden: sheet.hidden,
      rows: sheet.rows,
      columns: sheet.header.map((header, index) => ({
        index,
        header,
        fate: (sheet.index === mapped?.sheetIndex ? mapped.fates[index] : sheet.fates[index]) ?? {
          fate: "ignore",
        },
        samples: sheet.samples[index] ?? [],
      })),
    })),
    dropped: (newest(steps, "checked")?.dropped ?? []).map(({ field, header, cells }) => ({
      field,
      header,
      cells,
    })),
  }
}
