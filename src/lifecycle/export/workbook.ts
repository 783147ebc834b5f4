/** A copy as a workbook under a password: ECMA-376 agile encryption (MS-OFFCRYPTO 2.3.4.10), which every office program opens. Clause 4.7. */

import { type CellStyle, writeXlsx } from "hucre/xlsx"
import { type Marking, watermarkOf } from "./copy.ts"
import type { ListRow } from "./fingerprint.ts"

export interface Sheet {
  readonly head: readonly string[]
  readonly rows: readonly ListRow[]
  readonly marking: Marking
}

/**
 * Rounds of hashing a password: they slow down the guessing of what people think of. Ours are drawn, of 80 bits, and the hundred
 * thousand rounds of Excel would hold up the server for many seconds a copy.
 */
const spinCount = 1_000

const warning: CellStyle = { font: { bold: true, color: { rgb: "C00000" } } }
const bold: CellStyle = { font: { bold: true } }

/** The watermark is the first and the last row, so that either end of a picture shows it. */
export function writeWorkbook({ head, rows, marking }: Sheet, password: string): Promise<Uint8Array> {
  const watermark = watermarkOf(marking)
  const across = Math.max(head.length, 1) - 1
  const last = rows.length + 2
  const cells = new Map([
    ["0,0", { style: warning }],
    [`${last},0`, { style: warning }],
    ...head.map((_, column): [string, { style: CellStyle }] => [`1,${column}`, { style: bold }]),
  ])
  const merges =
    across === 0 ? [] : [0, last].map((row) => ({ startRow: row, startCol: 0, endRow: row, endCol: across }))
  return writeXlsx({
    sheets: [
      {
        name: "名单",
        columns: head.map(() => ({ width: 22 })),
        rows: [[watermark], [...head], ...rows.map((row) => [...row]), [watermark]],
        cells,
        merges,
        freezePane: { rows: 2 },
        headerFooter: {
          oddHeader: `&L${quoted(marking.number)}&R${quoted(marking.recipient)}`,
          oddFooter: `&L${quoted(`机密 ${marking.number}`)}&R&P / &N`,
        },
        pageSetup: { printTitlesRow: "$1:$2", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      },
    ],
    encryption: { password, spinCount },
  })
}

/** An ampersand begins a code in headers. */
function quoted(text: string): string {
  return text.replaceAll("&", "&&")
}
