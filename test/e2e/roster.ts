/** A synthetic roster workbook with faults in known cells. */

import { writeXlsx } from "hucre/xlsx"

const header = ["楼栋", "单元", "房号", "业主姓名", "联系电话", "工作单位", "车牌号"]

const surnames = Array.from("王李张刘陈杨赵黄周吴")
const given = Array.from("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚")

export interface Faulty {
  readonly row: number
  readonly column: number
  readonly value: string
}

/** `count` rows over five buildings, and the 40 cells that were spoiled. Rows count from 1 with the header, as a spreadsheet shows. */
export async function faultyRoster(count: number): Promise<{ bytes: Buffer; faults: readonly Faulty[] }> {
  const rows = Array.from({ length: count }, (_, i) => [
    `${(i % 5) + 1}栋`,
    `${(i % 2) + 1}单元`,
    String(101 + Math.floor(i / 5)),
    `${surnames[i % 10] ?? ""}${given[Math.floor(i / 10) % 20] ?? ""}${given[(i * 7 + 3) % 20] ?? ""}`,
    `1380013${String(i).padStart(4, "0")}`,
    "某某科技有限公司",
    `京C${String(10_000 + i)}`,
  ])
  const spoil: ReadonlyArray<readonly [column: number, value: string]> = [
    [4, "1380013"],
    [3, "张三/李四"],
    [4, "13800138000"],
    [6, "无牌照车"],
    [2, ""],
  ]
  const faults = Array.from({ length: 40 }, (_, i) => {
    const [column, value] = spoil[i % spoil.length] ?? [4, ""]
    const index = 20 + i * 41
    const row = rows[index]
    if (row) row[column] = value
    return { row: index + 2, column, value }
  })
  return {
    bytes: Buffer.from(await writeXlsx({ sheets: [{ name: "业主信息", rows: [header, ...rows] }] })),
    faults,
  }
}
