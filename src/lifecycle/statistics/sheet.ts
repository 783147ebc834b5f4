/** Statistics as a workbook: what is shown, and a star where it is not. Clause 4.13. */

import { writeXlsx } from "hucre/xlsx"
import type { Statistics, StatisticTable } from "./contract.ts"

export interface SheetWords {
  readonly kinds: Readonly<Record<string, string>>
  readonly classes: Readonly<Record<string, string>>
}

const star = "＊"
const total = "合计"

export function writeStatistics(told: Statistics, { kinds, classes }: SheetWords): Promise<Uint8Array> {
  const note = `＊：不足 ${told.fewest} 户，或为防止推算而不显示。每月只统计一次，不再变动。`
  const kindHead = told.orders.columns.map((kind) => kinds[kind] ?? kind)
  const course = told.course.map(({ month, shown }) => [month, ...shown.map(cellOf)])
  const sheets = [
    {
      name: "工单",
      rows: [
        [`${told.month} 工单数（按楼栋、类型）`],
        ["楼栋", ...kindHead, total],
        ...linesOf(told.orders),
        [note],
      ],
    },
    { name: "逐月", rows: [["逐月工单数（全小区）"], ["月份", ...kindHead, total], ...course, [note]] },
  ]
  if (told.classes === null) return writeXlsx({ sheets })
  const head = told.classes.columns.map((code) => classes[code] ?? code)
  const lines = linesOf(told.classes).map((line) => line.slice(0, -1))
  const title = `${told.month} 月末后存有各类信息的户数（按楼栋）`
  return writeXlsx({
    sheets: [...sheets, { name: "信息类别", rows: [[title], ["楼栋", ...head], ...lines, [note]] }],
  })
}

function linesOf({ rows, shown }: StatisticTable): (string | number)[][] {
  return shown.map((line, i) => [rows[i]?.name ?? total, ...line.map(cellOf)])
}

function cellOf(value: number | null): string | number {
  return value ?? star
}
