/** An uploaded roster: sealed as it arrives, read only for its layout and masked samples. Clauses 2.3, 2.12, 3.9. */

import { join } from "node:path"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { newId } from "../../platform/random.ts"
import { readSealedFile, removeSealedFile, writeSealedFile } from "../../vault/sealed-file.ts"
import { fieldOf, isFieldCode } from "../catalogue/field.ts"
import { mask } from "../catalogue/mask.ts"
import { parseField } from "../catalogue/parse.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import type { UploadedStep } from "./import-step.ts"
import { recogniseLayout } from "./layout.ts"
import { likeliestSheet, type Mapping, proposeMapping } from "./mapping.ts"
import { type OpenFile, readRows } from "./read-off-thread.ts"
import { roleOf } from "./residence-words.ts"
import { type SheetMeta, usualLimits } from "./sheet-shape.ts"
import { writeImport, writeStep } from "./sql.ts"
import { meaningOf } from "./words.ts"

const samplesShown = 3

/** Seals the file, reads its layout, and records the import. Returns its id. */
export async function upload(
  house: House,
  actor: Actor,
  { name, bytes }: { name: string; bytes: Buffer },
): Promise<string> {
  const importId = newId(house.spine.clock())
  const content = new Uint8Array(bytes)
  const size = content.length
  const step = await layoutOf(house.regime(), content, name)
  await sealUpload(house, actor, { importId, content: bytes })
  try {
    await act(house.spine, actor, async (command) => {
      await writeImport(command, actor.communityId, {
        importId,
        fileName: safeFileName(name),
        bytes: size,
        by: actor.staffId ?? "",
      })
      await writeStep(command, actor.communityId, { importId, step })
      command.trace({ act: "import.upload", clause: "2.12", purpose: "move_in" })
    })
  } catch (error) {
    await discardUpload(house, actor, importId)
    throw error
  }
  return importId
}

async function layoutOf(regime: Regime, content: Uint8Array, name: string): Promise<UploadedStep> {
  await using file = await readRows(content, name, { limits: usualLimits })
  const layout = recogniseLayout(file.sheets)
  const sheetIndex = layout?.sheet ?? likeliestSheet(regime, file.sheets)
  if ((file.sheets[sheetIndex]?.headerRow ?? 0) === 0) throw new Refusal("import.no_header")
  return {
    step: "uploaded",
    layout: layout?.code ?? null,
    sheetIndex,
    sheets: file.sheets.map((sheet, index) => sheetDetail(regime, sheet, index)),
  }
}

function sheetDetail(regime: Regime, sheet: SheetMeta, index: number): UploadedStep["sheets"][number] {
  const fates = proposeMapping(
    regime,
    sheet.header,
    sheet.sample.map((row) => row.cells),
  )
  return {
    index,
    name: safeHeader(sheet.name),
    hidden: sheet.hidden,
    rows: sheet.rowCount,
    header: sheet.header.map(safeHeader),
    fates: [...fates],
    samples: sheet.header.map((_, column) => samplesOf(sheet, column, fates)),
  }
}

/** People name files after people: a run of digits in a name may be a phone. The ending stays, it tells the format. */
function safeFileName(name: string): string {
  return name.normalize("NFKC").replaceAll(/\d{4,}/g, "●●●")
}

/** A building, unit or role as such; in a shifted column the cell holds something else. */
function isPlaceWord(target: string, cell: string): boolean {
  if (target === "role") return roleOf(cell) !== undefined
  const isPlace = target === "building" || target === "unit"
  return isPlace && cell.length <= 6 && /\d|栋|幢|座|单元/.test(cell) && !/\d{4}/.test(cell.normalize("NFKC"))
}

/** A header that is no word we know may be a value in the wrong row: it is not repeated when it looks like one. */
function safeHeader(header: string): string {
  const isKnown = meaningOf(header) !== undefined
  const isPlain =
    header.length <= 20 &&
    !/\d{4}/.test(header.normalize("NFKC")) &&
    parseField("name", header).kind !== "value"
  return isKnown || isPlain ? header : "●●●"
}

function samplesOf(sheet: SheetMeta, column: number, fates: Mapping): string[] {
  const fate = fates[column]
  if (fate?.fate !== "take") return []
  return sheet.sample.slice(0, samplesShown).map((row) => maskedSample(fate.target, row.cells[column] ?? ""))
}

/** Fails closed: a value that does not parse as its field shows nothing of itself. */
function maskedSample(target: string, cell: string): string {
  if (cell === "") return ""
  if (!isFieldCode(target)) return isPlaceWord(target, cell) ? cell : "●●●"
  const parsed = parseField(target, cell)
  return parsed.kind === "value"
    ? mask(fieldOf(target).code === target ? target : "name", parsed.value)
    : "●●●"
}

/** The class of the key that seals an upload. */
const uploadClass = "import"

function nameOf(actor: Actor, importId: string) {
  return { tenantId: actor.tenantId, communityId: actor.communityId, subjectId: importId, class: uploadClass }
}

function pathOf(house: House, importId: string): string {
  return join(house.data, "imports", `${importId}.sealed`)
}

function bindingOf(actor: Actor, importId: string): string[] {
  return [actor.tenantId, actor.communityId, importId, "file"]
}

async function sealUpload(
  house: House,
  actor: Actor,
  { importId, content }: { importId: string; content: Buffer },
): Promise<void> {
  const [key] = await house.keyring.ensureDataKeys([nameOf(actor, importId)])
  if (key === undefined) throw new Refusal("server.sealed")
  await writeSealedFile(pathOf(house, importId), { key, names: bindingOf(actor, importId), content })
}

/** The uploaded bytes. Throws `thing.absent` when the upload has been destroyed or lies on another server. */
export async function readUpload(house: House, actor: Actor, importId: string): Promise<Buffer> {
  const key = await house.keyring.dataKey(nameOf(actor, importId))
  if (key === undefined) throw new Refusal("thing.absent")
  try {
    return await readSealedFile(pathOf(house, importId), key, bindingOf(actor, importId))
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      throw new Refusal("thing.absent")
    throw error
  }
}

/** Destroys the key first: whatever copy of the file is left is noise. */
export async function discardUpload(house: House, actor: Actor, importId: string): Promise<void> {
  await house.keyring.destroy([nameOf(actor, importId)])
  await removeSealedFile(pathOf(house, importId))
}

/** Opens an upload for reading on a thread of its own; the caller closes it. */
export async function openUpload(
  house: House,
  actor: Actor,
  { importId, name, signal }: { importId: string; name: string; signal: AbortSignal },
): Promise<OpenFile> {
  const bytes = new Uint8Array(await readUpload(house, actor, importId))
  return readRows(bytes, name, { limits: usualLimits, signal })
}
