/** The parts of an Office Open XML workbook (ISO/IEC 29500-1, 12.3) that say which sheets there are and how to read their cells. */

import { Refusal } from "../../base/refusal.ts"
import { builtInFormat, customFormat, type NumberFormat } from "./cell-text.ts"
import { type Budget, fileDamaged, type RawSheet } from "./sheet-shape.ts"
import type { WorkbookParts } from "./workbook-parts.ts"
import { worksheetRows } from "./worksheet.ts"
import { attribute, decodeEscapes, type XmlHandler, XmlScanner } from "./xml.ts"
import { unpack, type Zip } from "./zip.ts"

type SheetPlace = { name: string; hidden: boolean; relation: string }
type Relation = { kind: string; path: string }

/** @throws Refusal `import.format_unknown` when the archive holds no workbook, and those of `unpack`. */
export async function openWorkbook(zip: Zip, budget: Budget): Promise<RawSheet[]> {
  const bookPath = await findWorkbook(zip, budget)
  const book = new BookHandler()
  await scanPart(zip, bookPath, { handler: book, budget })
  const relations = await readRelations(zip, bookPath, budget)
  const parts = await readParts(zip, { relations, from1904: book.from1904, budget })
  const sheets: RawSheet[] = []
  for (const place of book.sheets) {
    const relation = relations.get(place.relation)
    if (relation?.kind !== "worksheet") continue
    sheets.push(openSheet(zip, place, { path: relation.path, parts }))
  }
  return sheets
}

function openSheet(
  zip: Zip,
  place: SheetPlace,
  { path, parts }: { path: string; parts: WorkbookParts },
): RawSheet {
  const entry = zip.entries.get(path)
  if (!entry) throw fileDamaged()
  return {
    name: place.name,
    hidden: place.hidden,
    rows: (budget, merges) => worksheetRows(textOf(unpack(zip, entry, budget)), parts, { budget, merges }),
  }
}

async function findWorkbook(zip: Zip, budget: Budget): Promise<string> {
  const relations = await readRelations(zip, "", budget)
  for (const { kind, path } of relations.values()) {
    if (kind === "officeDocument" && path.endsWith(".xml") && /(^|\/)(xl|workbook)/i.test(path)) return path
  }
  throw new Refusal("import.format_unknown")
}

async function readRelations(zip: Zip, owner: string, budget: Budget): Promise<Map<string, Relation>> {
  const folder = owner.slice(0, owner.lastIndexOf("/") + 1)
  const handler = new RelationsHandler(folder)
  const path = `${folder}_rels/${owner.slice(folder.length)}.rels`
  if (zip.entries.has(path)) await scanPart(zip, path, { handler, budget })
  return handler.relations
}

async function readParts(
  zip: Zip,
  given: { relations: Map<string, Relation>; from1904: boolean; budget: Budget },
): Promise<WorkbookParts> {
  const path = (kind: string) =>
    [...given.relations.values()].find((relation) => relation.kind === kind)?.path
  const texts = new TextsHandler()
  const styles = new StylesHandler()
  await scanPart(zip, path("sharedStrings"), { handler: texts, budget: given.budget })
  await scanPart(zip, path("styles"), { handler: styles, budget: given.budget })
  return { texts: texts.texts, formats: styles.formats, from1904: given.from1904 }
}

/** A part that is not there reads as empty: styles and shared strings are optional. */
async function scanPart(
  zip: Zip,
  path: string | undefined,
  { handler, budget }: { handler: XmlHandler; budget: Budget },
): Promise<void> {
  const entry = path === undefined ? undefined : zip.entries.get(path)
  if (!entry) return
  const scanner = new XmlScanner(handler)
  for await (const text of textOf(unpack(zip, entry, budget))) scanner.feed(text)
  scanner.end()
}

/** @throws Refusal `import.file_damaged` when the part is not UTF-8. */
async function* textOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  for await (const chunk of chunks) {
    try {
      yield decoder.decode(chunk, { stream: true })
    } catch (error) {
      throw error instanceof TypeError ? fileDamaged() : error
    }
  }
}

class RelationsHandler implements XmlHandler {
  readonly relations = new Map<string, Relation>()
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  open(name: string, attributes: string): void {
    if (name !== "Relationship" || attribute(attributes, "TargetMode") === "External") return
    const kind = (attribute(attributes, "Type") ?? "").split("/").at(-1) ?? ""
    const path = resolve(this.#folder, attribute(attributes, "Target") ?? "")
    this.relations.set(attribute(attributes, "Id") ?? "", { kind, path })
  }

  text(): void {}
  close(): void {}
}

function resolve(folder: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1)
  const steps = folder.split("/").filter(Boolean)
  for (const step of target.split("/")) {
    if (step === "..") steps.pop()
    else if (step !== "." && step !== "") steps.push(step)
  }
  return steps.join("/")
}

class BookHandler implements XmlHandler {
  readonly sheets: SheetPlace[] = []
  from1904 = false

  open(name: string, attributes: string): void {
    if (name === "workbookPr") this.from1904 = /^(1|true)$/.test(attribute(attributes, "date1904") ?? "")
    if (name !== "sheet") return
    const state = attribute(attributes, "state") ?? "visible"
    const relation = /\s[\w.-]+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1] ?? ""
    this.sheets.push({ name: attribute(attributes, "name") ?? "", hidden: state !== "visible", relation })
  }

  text(): void {}
  close(): void {}
}

/** Shared strings: rich runs joined, phonetic hints (`rPh`) left out. */
class TextsHandler implements XmlHandler {
  readonly texts: string[] = []
  #text = ""
  #reading = false
  #phonetic = false

  open(name: string): void {
    if (name === "si") this.#text = ""
    if (name === "rPh") this.#phonetic = true
    if (name === "t") this.#reading = !this.#phonetic
  }

  text(text: string): void {
    if (this.#reading) this.#text += text
  }

  close(name: string): void {
    if (name === "t") this.#reading = false
    if (name === "rPh") this.#phonetic = false
    if (name === "si") this.texts.push(decodeEscapes(this.#text))
  }
}

class StylesHandler implements XmlHandler {
  readonly formats: NumberFormat[] = []
  readonly #custom = new Map<number, NumberFormat>()
  #cellFormats = false

  open(name: string, attributes: string): void {
    if (name === "cellXfs") this.#cellFormats = true
    const id = Number(attribute(attributes, "numFmtId") ?? "0")
    if (name === "numFmt") this.#custom.set(id, customFormat(attribute(attributes, "formatCode") ?? ""))
    if (name === "xf" && this.#cellFormats) this.formats.push(this.#custom.get(id) ?? builtInFormat(id))
  }

  text(): void {}

  close(name: string): void {
    if (name === "cellXfs") this.#cellFormats = false
  }
}
