import type { NumberFormat } from "./cell-text.ts"

/** What every sheet of a workbook shares. */
export type WorkbookParts = Readonly<{
  texts: readonly string[]
  formats: readonly NumberFormat[]
  from1904: boolean
}>
