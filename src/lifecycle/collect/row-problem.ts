/** What can be wrong with a row or a cell as such; what can be wrong with a value is the catalogue's to say. */

import type { SentenceLanguage } from "../../base/sentences/say.ts"
import type { Words } from "../catalogue/field.ts"
import type { Doubt, Fault } from "../catalogue/parsed.ts"
import { problemSentences } from "../catalogue/problem-sentences.ts"

export const rowReasons = {
  "cell.error": {
    "zh-CN": "这一格是公式错误或逻辑值，不是内容。请填写实际内容。",
    en: "The cell holds a formula error or a truth value. Type the content itself.",
  },
  "cell.shared": {
    "zh-CN": "内容来自跨几行的合并单元格。请核对是否属于这一行的人。",
    en: "The content comes from a cell merged over several rows. Check that it belongs to the person of this row.",
  },
  "row.hidden": {
    "zh-CN": "这一行在表格里是隐藏的（例如被筛选掉）。请核对是否应当登记。",
    en: "This row is hidden in the sheet, as by a filter. Check whether it was meant to be taken.",
  },
  "row.no_home": {
    "zh-CN": "这一行没有房号，无法登记。请补充房号。",
    en: "This row names no home and cannot be taken. Add the home.",
  },
  "row.home_from_above": {
    "zh-CN": "这一行的房号不完整，暂用了上一行的楼栋或房屋。请核对并补全。",
    en: "The home of this row is incomplete; building or home was taken from the row above. Check and complete it.",
  },
  "row.no_name": {
    "zh-CN": "这一行没有姓名，无法登记。请补充姓名。",
    en: "This row names nobody and cannot be taken. Add the name.",
  },
  "row.no_phone": { "zh-CN": "没有电话。请补充。", en: "There is no phone number. Add one." },
  "role.unknown": {
    "zh-CN": "看不出与房屋的关系，暂按“其他”登记。请改为业主、租户、家庭成员等。",
    en: "How this person stands to the home is unclear; taken as “other”. Write owner, tenant, family or the like.",
  },
} as const satisfies Readonly<Record<string, Words>>

export type RowReason = keyof typeof rowReasons

/** `refuse`: the cell's content is not taken (the whole row, when it is its home or name); `verify`: taken, but somebody must ask. */
export type CellProblem = Readonly<{
  row: number
  /** 0-based. */
  column: number
  /** A field code or a roster place. */
  field: string
  reason: RowReason | Doubt | Fault
  verdict: "verify" | "refuse"
}>

/** What is wrong and what to do, for any reason of a problem; the code itself when nobody knows it. */
export function sayProblem(reason: string, language: SentenceLanguage): string {
  if (isRowReason(reason)) return rowReasons[reason][language]
  return isValueReason(reason) ? problemSentences[language][reason] : reason
}

function isRowReason(reason: string): reason is RowReason {
  return Object.hasOwn(rowReasons, reason)
}

function isValueReason(reason: string): reason is Doubt | Fault {
  return Object.hasOwn(problemSentences.en, reason)
}
