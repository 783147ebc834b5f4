/** A copy to be printed: a PDF under a password, its number and recipient on every page. Clause 4.7. */

import type { PdfDocument } from "../../platform/pdf.ts"
import { watermarkOf } from "./copy.ts"
import type { Sheet } from "./workbook.ts"

export function paperOf({ head, rows, marking }: Sheet, password: string): PdfDocument {
  const mark = watermarkOf(marking)
  const body = [head.map((text) => ({ text, bold: true })), ...rows.map((row) => [...row])]
  return {
    title: marking.number,
    password,
    watermark: {
      text: `${marking.recipient} ${marking.number}`,
      color: "#888888",
      opacity: 0.15,
      angle: -30,
      fontSize: 26,
    },
    foot: `机密 ${marking.number} · ${marking.recipient}`,
    content: [
      { text: mark, color: "#c00000", bold: true, margin: [0, 0, 0, 8] },
      {
        table: { headerRows: 1, widths: head.map(() => "*"), body },
        layout: "lightHorizontalLines",
        fontSize: 9,
      },
      { text: mark, color: "#c00000", bold: true, margin: [0, 8, 0, 0] },
    ],
  }
}
