/** The workbooks of HC小区 (MicroCommunity), recognised by their columns. */

import type { Row, SheetMeta, SheetSource } from "./sheet-shape.ts"
import { bareName } from "./words.ts"

/** `hc_room`: importRoom.xlsx, a person with their home in each row. `hc_owner_room`: hc.xlsx, persons and homes on sheets of their own. */
export type Layout = Readonly<
  { code: "hc_room"; sheet: number } | { code: "hc_owner_room"; sheet: number; homeSheet: number }
>

type Named = Readonly<{ header: readonly string[] }>

const columns = {
  room: ["楼号", "单元", "房间", "业主名称", "手机号", "业主类型"],
  owner: ["编号", "业主名称", "手机号", "业主编号"],
  home: ["房屋编号", "楼栋编号", "单元编号", "业主编号"],
}

export function recogniseLayout(sheets: readonly Named[]): Layout | undefined {
  const room = sheets.findIndex((sheet) => hasColumns(sheet, columns.room))
  if (room >= 0) return { code: "hc_room", sheet: room }
  const owner = sheets.findIndex((sheet) => hasColumns(sheet, columns.owner))
  const home = sheets.findIndex((sheet, index) => index !== owner && hasColumns(sheet, columns.home))
  return owner >= 0 && home >= 0 ? { code: "hc_owner_room", sheet: owner, homeSheet: home } : undefined
}

function hasColumns(sheet: Named, names: readonly string[]): boolean {
  const header = new Set(sheet.header.map(bareName))
  return names.every((name) => header.has(name))
}

/** Columns that a joined sheet gains at its end. */
const gained = ["楼栋编号（房屋信息）", "单元编号（房屋信息）", "房屋编号（房屋信息）"]

/**
 * Shows an `hc_owner_room` workbook as if every person's row carried their home, so that it maps like any other.
 * A family member has the homes of the owner named in 业主编号. Several homes give several rows of the same number.
 */
export async function joinHomes(source: SheetSource): Promise<SheetSource> {
  const layout = recogniseLayout(source.sheets)
  if (layout?.code !== "hc_owner_room") return source
  const ownerSheet = source.sheets[layout.sheet]
  if (!ownerSheet) return source
  const homes = await homesByOwner(source, layout.homeSheet)
  const join = joinerOf(ownerSheet, homes)
  const joined = {
    ...ownerSheet,
    header: [...ownerSheet.header, ...gained],
    sample: ownerSheet.sample.flatMap(join),
  }
  return {
    sheets: source.sheets.map((sheet, index) => (index === layout.sheet ? joined : sheet)),
    rows: (index) => (index === layout.sheet ? joinedRows(source.rows(index), join) : source.rows(index)),
  }
}

type Home = readonly [building: string, unit: string, room: string]

async function homesByOwner(source: SheetSource, sheet: number): Promise<Map<string, Home[]>> {
  const at = finder(source.sheets[sheet])
  const homes = new Map<string, Home[]>()
  for await (const rows of source.rows(sheet)) {
    for (const { cells } of rows) {
      const owner = at(cells, "业主编号")
      const home: Home = [at(cells, "楼栋编号"), at(cells, "单元编号"), at(cells, "房屋编号")]
      if (owner !== "") homes.set(owner, [...(homes.get(owner) ?? []), home])
    }
  }
  return homes
}

function joinerOf(sheet: SheetMeta, homes: ReadonlyMap<string, readonly Home[]>): (row: Row) => Row[] {
  const at = finder(sheet)
  return (row) => {
    const owner = at(row.cells, "业主编号") || at(row.cells, "编号")
    const padding = Array.from({ length: Math.max(0, sheet.header.length - row.cells.length) }, () => "")
    const own = [...row.cells.slice(0, sheet.header.length), ...padding]
    const found = homes.get(owner) ?? [["", "", ""]]
    return found.map((home) => ({ ...row, cells: [...own, ...home] }))
  }
}

function finder(sheet: SheetMeta | undefined): (cells: readonly string[], name: string) => string {
  const header = (sheet?.header ?? []).map(bareName)
  return (cells, name) => (cells[header.indexOf(name)] ?? "").trim()
}

async function* joinedRows(chunks: AsyncIterable<Row[]>, join: (row: Row) => Row[]): AsyncGenerator<Row[]> {
  for await (const rows of chunks) yield rows.flatMap(join)
}
