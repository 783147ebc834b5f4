/**
 * The part of a ZIP archive (APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.16, 4.5.3) that a workbook needs.
 * The directory's word on sizes is checked against the limits before anything is inflated, and held to while inflating:
 * an entry that grows beyond what the directory declares is a bomb, whatever it declares.
 */

import { crc32, createInflateRaw } from "node:zlib"
import { Refusal } from "../../base/refusal.ts"
import { type Budget, fileDamaged, type SheetLimits, unpacksTooLarge } from "./sheet-shape.ts"

const signature = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
}
const fullWord = 0xffffffff
const mostEntries = 10_000

export type ZipEntry = Readonly<{
  name: string
  encrypted: boolean
  method: number
  packed: number
  unpacked: number
  crc: number
  at: number
}>

export type Zip = Readonly<{ bytes: Uint8Array; view: DataView; entries: ReadonlyMap<string, ZipEntry> }>

/** Reads the directory. @throws Refusal `import.file_damaged`, `import.unpacks_too_large`. */
export function openZip(bytes: Uint8Array, limits: SheetLimits): Zip {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const entries = directory(bytes, view)
    const declared = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
    if (declared > limits.unpackedBytes) throw unpacksTooLarge(limits)
    return { bytes, view, entries: new Map(entries.map((entry) => [entry.name, entry])) }
  } catch (error) {
    throw error instanceof RangeError ? fileDamaged() : error
  }
}

/** The entry's bytes in chunks. @throws Refusal `import.file_damaged`, `import.file_protected`, `import.unpacks_too_large`. */
export async function* unpack(zip: Zip, entry: ZipEntry, budget: Budget): AsyncGenerator<Uint8Array> {
  if (entry.encrypted) throw new Refusal("import.file_protected")
  let size = 0
  let crc = 0
  for await (const chunk of inflated(packedBytes(zip, entry), entry.method)) {
    size += chunk.length
    if (size > entry.unpacked) throw new Refusal("import.unpacks_too_large")
    budget.spendBytes(chunk.length)
    crc = crc32(chunk, crc)
    yield chunk
  }
  if (size !== entry.unpacked || crc !== entry.crc) throw fileDamaged()
}

async function* inflated(packed: Uint8Array, method: number): AsyncGenerator<Uint8Array> {
  if (method === 0) {
    yield packed
    return
  }
  if (method !== 8) throw fileDamaged()
  const inflate = createInflateRaw({ chunkSize: 1 << 16 })
  inflate.end(packed)
  try {
    for await (const chunk of inflate) yield new Uint8Array(chunk)
  } catch {
    throw fileDamaged()
  }
}

function packedBytes({ bytes, view }: Zip, entry: ZipEntry): Uint8Array {
  const at = entry.at
  if (at + 30 > bytes.length || view.getUint32(at, true) !== signature.local) throw fileDamaged()
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  if (start + entry.packed > bytes.length) throw fileDamaged()
  return bytes.subarray(start, start + entry.packed)
}

function directory(bytes: Uint8Array, view: DataView): ZipEntry[] {
  const { count, start } = directoryPlace(view)
  if (count > mostEntries) throw fileDamaged()
  const entries: ZipEntry[] = []
  let at = start
  for (let index = 0; index < count; index += 1) {
    if (view.getUint32(at, true) !== signature.central) throw fileDamaged()
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    entries.push(centralEntry(bytes, view, at))
    at += 46 + nameLength + extraLength + view.getUint16(at + 32, true)
  }
  return entries
}

function centralEntry(bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  const nameLength = view.getUint16(at + 28, true)
  const word = wideWords(view, at)
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
    encrypted: (view.getUint16(at + 8, true) & 1) !== 0,
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    unpacked: word(24),
    packed: word(20),
    at: word(42),
  }
}

/** ZIP64 moves the words that overflow into an extra field, in the order size, packed size, offset: read them in that order. */
function wideWords(view: DataView, at: number): (field: number) => number {
  let extra = wideExtra(view, at)
  return (field) => {
    const word = view.getUint32(at + field, true)
    if (word !== fullWord) return word
    extra += 8
    return safeWide(view, extra - 8)
  }
}

function wideExtra(view: DataView, at: number): number {
  let extra = at + 46 + view.getUint16(at + 28, true)
  const end = extra + view.getUint16(at + 30, true)
  while (extra + 4 <= end) {
    if (view.getUint16(extra, true) === 1) return extra + 4
    extra += 4 + view.getUint16(extra + 2, true)
  }
  return view.byteLength
}

function directoryPlace(view: DataView): { count: number; start: number } {
  const end = endRecord(view)
  const count = view.getUint16(end + 10, true)
  const start = view.getUint32(end + 16, true)
  if (count !== 0xffff && start !== fullWord) return { count, start }
  if (view.getUint32(end - 20, true) !== signature.locator64) throw fileDamaged()
  const wide = safeWide(view, end - 12)
  if (view.getUint32(wide, true) !== signature.end64) throw fileDamaged()
  return { count: safeWide(view, wide + 32), start: safeWide(view, wide + 48) }
}

function endRecord(view: DataView): number {
  const first = Math.max(0, view.byteLength - 22 - 0xffff)
  for (let at = view.byteLength - 22; at >= first; at -= 1) {
    if (view.getUint32(at, true) === signature.end) return at
  }
  throw fileDamaged()
}

function safeWide(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw fileDamaged()
  return Number(value)
}
