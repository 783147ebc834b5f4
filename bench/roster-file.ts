/** A roster as a property company sends it: eight columns, as a workbook and as text. */

import { writeXlsx } from "hucre/xlsx"
import { populate } from "./population.ts"

const header = ["楼栋", "单元", "房号", "业主姓名", "手机号", "业主类型", "车牌号", "称呼"]

/** The plain side's table for it, and the indexes by which the same things are found. */
export const plainRosterTable = `create table roster (
  building text not null, unit text not null, room text not null, name text not null, phone text not null,
  role text not null, plate text not null, title text not null
)`
export const plainRosterIndexes = [
  "create index on roster (building, unit, room)",
  "create index on roster (phone)",
  "create index on roster (right(phone, 4))",
  "create index on roster (name)",
  "create index on roster (plate)",
]

function rosterRows(rows: number): string[][] {
  return populate(77, rows).map(({ home, role, facts }, index) => [
    `${home.building}栋`,
    `${home.unit}单元`,
    home.room,
    facts.name?.[0] ?? "",
    facts.phone?.[0] ?? "",
    role === "owner" ? "业主" : "家庭成员",
    `京A${String.fromCharCode(65 + (Math.floor(index / 10_000) % 8))}${String(index % 10_000).padStart(4, "0")}`,
    index % 2 === 0 ? "先生" : "女士",
  ])
}

export async function rosterFile(kind: "xlsx" | "csv", rows: number): Promise<Uint8Array<ArrayBuffer>> {
  const cells = [header, ...rosterRows(rows)]
  if (kind === "csv")
    return new TextEncoder().encode(`\ufeff${cells.map((row) => row.join(",")).join("\r\n")}\r\n`)
  return new Uint8Array(await writeXlsx({ sheets: [{ name: "业主", rows: cells }] }))
}
