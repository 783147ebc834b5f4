/** Looks for values in every file of a folder, in every way text is usually written. */

import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import iconv from "iconv-lite"

export interface Hit {
  readonly file: string
  readonly at: number
  readonly value: string
  readonly form: string
}

interface Pattern {
  readonly value: string
  readonly form: string
  readonly bytes: Buffer
}

/** The forms of one value: UTF-8, UTF-16 both ways, GB18030, base64 at its three alignments in both alphabets, hexadecimal. */
export function formsOf(value: string): Pattern[] {
  const utf8 = Buffer.from(value, "utf8")
  const wide = Buffer.from(value, "utf16le")
  const swapped = Buffer.from(wide).swap16()
  const texts = [
    ...[0, 1, 2].flatMap((shift) => base64At(utf8, shift).map((text) => [`base64 ${String(shift)}`, text])),
    ["hex", utf8.toString("hex")],
    ["HEX", utf8.toString("hex").toUpperCase()],
  ] as const
  return [
    { value, form: "utf-8", bytes: utf8 },
    { value, form: "utf-16le", bytes: wide },
    { value, form: "utf-16be", bytes: swapped },
    { value, form: "gb18030", bytes: iconv.encode(value, "gb18030") },
    ...texts.map(([form = "", text = ""]) => ({ value, form, bytes: Buffer.from(text, "latin1") })),
  ]
}

/** What stands in base64 for certain when `shift` unknown bytes come before the value: the groups that are wholly its own. */
function base64At(bytes: Buffer, shift: number): string[] {
  const skipped = shift === 0 ? 0 : 3 - shift
  const whole = bytes.subarray(skipped, skipped + Math.floor((bytes.length - skipped) / 3) * 3)
  return [...new Set([whole.toString("base64"), whole.toString("base64url")])]
}

/** Every pattern is found by its first four bytes; a table of bits tells at once where none begins. */
export class Scanner {
  readonly #patterns = new Map<number, Pattern[]>()
  readonly #mayBegin = new Uint8Array(1 << 21)

  constructor(values: readonly string[]) {
    for (const pattern of values.flatMap(formsOf)) {
      if (pattern.bytes.length < 6) throw new Error("too short to be told from chance")
      const key = pattern.bytes.readUInt32LE(0)
      this.#patterns.set(key, [...(this.#patterns.get(key) ?? []), pattern])
      const bit = bitOf(key)
      this.#mayBegin[bit >>> 3] = (this.#mayBegin[bit >>> 3] ?? 0) | (1 << (bit & 7))
    }
  }

  scanBytes(bytes: Buffer, file: string): Hit[] {
    const hits: Hit[] = []
    let key = bytes.length >= 4 ? bytes.readUInt32BE(0) : 0
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      if (at > 0) key = ((key << 8) | (bytes[at + 3] ?? 0)) >>> 0
      const little = ((key << 24) | ((key & 0xff00) << 8) | ((key >>> 8) & 0xff00) | (key >>> 24)) >>> 0
      const bit = bitOf(little)
      if (((this.#mayBegin[bit >>> 3] ?? 0) & (1 << (bit & 7))) === 0) continue
      for (const { value, form, bytes: sought } of this.#patterns.get(little) ?? []) {
        if (bytes.subarray(at, at + sought.length).equals(sought)) hits.push({ file, at, value, form })
      }
    }
    return hits
  }

  /** Every file below the folder. Returns how many bytes were read. */
  scanFolder(folder: string): { hits: Hit[]; bytes: number; files: number } {
    const hits: Hit[] = []
    let bytes = 0
    let files = 0
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const file = join(entry.parentPath, entry.name)
      const content = readFileSync(file)
      hits.push(...this.scanBytes(content, file), ...this.scanBytes(Buffer.from(file), file))
      bytes += content.length
      files += 1
    }
    return { hits, bytes, files }
  }
}

/** 24 bits of a mixed key. */
function bitOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 8
}
