/** What can be wrong with a row or a cell as such; what can be wrong with a value is the catalogue's to say. */

import type { Words } from "../catalogue/field.ts"
import type { Doubt, Fault } from "../catalogue/parsed.ts"

export const rowReasons = {
  "cell.error": {
    "zh-CN": "单元格里是公式错误或逻辑值，不是填写的内容，请改为实际内容",
    en: "The cell holds a formula error or a truth value; type the content itself",
  },
  "cell.shared": {
    "zh-CN": "该内容来自跨行的合并单元格，请确认是否属于这一行的人",
    en: "The content comes from a merged cell that spans several rows; check that it belongs to the person of this row",
  },
  "row.no_home": { "zh-CN": "这一行没有房号，无法登记", en: "This row names no home and cannot be taken" },
  "row.home_from_above": {
    "zh-CN": "这一行的房号不完整，暂按上一行的楼栋或房屋登记，请核实",
    en: "The home of this row is incomplete; building or home was taken from the row above, please verify",
  },
  "row.no_name": { "zh-CN": "这一行没有姓名，无法登记", en: "This row names nobody and cannot be taken" },
  "row.no_phone": { "zh-CN": "没有电话，请补充", en: "There is no phone number; please add one" },
  "role.unknown": {
    "zh-CN": "看不出与房屋的关系，暂按“其他”登记，请核实",
    en: "How this person stands to the home is unclear; taken as “other”, please verify",
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

export function isRowReason(reason: string): reason is RowReason {
  return Object.hasOwn(rowReasons, reason)
}
