/** An import as the wire shows it. */

import type { z } from "zod"
import type { importDetail, importSummary } from "./contract.ts"
import {
  type Counts,
  countsOf,
  newest,
  parseSteps,
  type Step,
  stateOf,
  type UploadedStep,
} from "./import-step.ts"
import type { Mapping } from "./mapping.ts"
import type { ImportRow } from "./sql.ts"

export function summaryOf(row: ImportRow, runningAt: number | undefined): z.input<typeof importSummary> {
  const steps = parseSteps(row.steps)
  const total = rowsIn(steps)
  return {
    importId: row.import_id,
    fileName: row.file_name,
    state: stateOf(steps),
    failure: newest(steps, "failed")?.code ?? null,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by_name,
    progress: { done: runningAt ?? doneOf(steps, row.rows_done ?? 0), total },
    counts: countsIn(steps, row),
  }
}

export function detailOf(row: ImportRow, runningAt: number | undefined): z.input<typeof importDetail> {
  const steps = parseSteps(row.steps)
  const uploaded = newest(steps, "uploaded")
  const mapped = newest(steps, "mapped")
  return {
    ...summaryOf(row, runningAt),
    layout: uploaded?.layout ?? null,
    sheetIndex: chosenSheet(steps),
    sheets: (uploaded?.sheets ?? []).map((sheet) =>
      sheetView(sheet, sheet.index === mapped?.sheetIndex ? mapped.fates : sheet.fates),
    ),
    dropped: (newest(steps, "checked")?.dropped ?? []).map(({ field, header, cells }) => ({
      field,
      header,
      cells,
    })),
  }
}

function sheetView(sheet: UploadedStep["sheets"][number], fates: Mapping) {
  const { index, name, hidden, rows, header, samples } = sheet
  const columns = header.map((text, column) => ({
    index: column,
    header: text,
    fate: fates[column] ?? { fate: "ignore" as const },
    samples: samples[column] ?? [],
  }))
  return { index, name, hidden, rows, columns }
}

/** The sheet that was chosen, or else the one proposed. */
function chosenSheet(steps: readonly Step[]): number {
  return newest(steps, "mapped")?.sheetIndex ?? newest(steps, "uploaded")?.sheetIndex ?? 0
}

function rowsIn(steps: readonly Step[]): number {
  return newest(steps, "uploaded")?.sheets[chosenSheet(steps)]?.rows ?? 0
}

function doneOf(steps: readonly Step[], committed: number): number {
  const state = stateOf(steps)
  return state === "checked" || state === "done" ? rowsIn(steps) : committed
}

/** Before the commit what would be taken, from then on what was. */
function countsIn(steps: readonly Step[], row: ImportRow): Counts | null {
  const state = stateOf(steps)
  if (state === "committing" || state === "done" || state === "cancelled") return countsOf(row.batch_counts)
  return newest(steps, "checked")?.counts ?? null
}
