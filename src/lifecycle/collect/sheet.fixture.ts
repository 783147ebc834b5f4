/** For tests: archives and workbooks written by hand, so that they can be wrong in ways no library writes. */

import { crc32, deflateRawSync } from "node:zlib"
import { type SheetLimits, usualLimits } from "./sheet-shape.ts"

/** `declares`: what the directory says about the unpacked size, when it lies. */
export type MadeEntry = { name: string; text: string | Uint8Array; declares?: number; encrypted?: boolean }

export function madeZip(entries: readonly MadeEntry[]): Uint8Array {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const plain = Buffer.from(entry.text)
    const packed = deflateRawSync(plain)
    const name = Buffer.from(entry.name)
    const words = Buffer.alloc(26)
    words.writeUInt16LE(20, 0)
    words.writeUInt16LE(entry.encrypted ? 1 : 0, 2)
    words.writeUInt16LE(8, 4)
    words.writeUInt32LE(crc32(plain), 10)
    words.writeUInt32LE(packed.length, 14)
    words.writeUInt32LE(entry.declares ?? plain.length, 18)
    words.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), words, name, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(at, 10)
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), words, tail, name]))
    bodies.push(local)
    at += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write("PK\u0005\u0006")
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(at, 16)
  return new Uint8Array(Buffer.concat([...bodies, central, end]))
}

type MadeSheet = { name: string; rows: string; state?: string; after?: string; declares?: number }
type MadeBook = {
  sheets: readonly MadeSheet[]
  strings?: readonly string[]
  styles?: string
  from1904?: boolean
}

const relationBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'

/** `rows` is the inside of sheetData, `after` what follows it. */
export function madeParts(book: MadeBook): MadeEntry[] {
  const sheets = book.sheets.map(
    ({ name, state }, index) =>
      `<sheet name="${name}" sheetId="${index + 1}"${state ? ` state="${state}"` : ""} r:id="rId${index + 1}"/>`,
  )
  const relations = book.sheets.map((_, index) =>
    relation(`rId${index + 1}`, "worksheet", `worksheets/sheet${index + 1}.xml`),
  )
  const texts = (book.strings ?? []).map((text) => `<si><t xml:space="preserve">${text}</t></si>`)
  return [
    { name: "[Content_Types].xml", text: "<Types/>" },
    {
      name: "_rels/.rels",
      text: `<Relationships>${relation("rId1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
    },
    {
      name: "xl/workbook.xml",
      text: `<workbook ${main}><workbookPr${book.from1904 ? ' date1904="1"' : ""}/><sheets>${sheets.join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      text: `<Relationships>${relations.join("")}${relation("rIdS", "sharedStrings", "sharedStrings.xml")}${relation("rIdF", "styles", "styles.xml")}</Relationships>`,
    },
    { name: "xl/sharedStrings.xml", text: `<sst ${main}>${texts.join("")}</sst>` },
    { name: "xl/styles.xml", text: `<styleSheet ${main}>${book.styles ?? ""}</styleSheet>` },
    ...book.sheets.map(({ rows, after, declares }, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      text: `<?xml version="1.0"?><worksheet ${main}><sheetData>${rows}</sheetData>${after ?? ""}</worksheet>`,
      ...(declares === undefined ? {} : { declares }),
    })),
  ]
}

export function madeXlsx(book: MadeBook): Uint8Array {
  return madeZip(madeParts(book))
}

function relation(id: string, kind: string, target: string): string {
  return `<Relationship Id="${id}" Type="${relationBase}/${kind}" Target="${target}"/>`
}

/** A row of inline strings. */
export function madeRow(number: number, cells: readonly string[]): string {
  const inner = cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`)
  return `<row r="${number}">${inner.join("")}</row>`
}

export function limited(change: Partial<SheetLimits>): SheetLimits {
  return { ...usualLimits, ...change }
}
