/**
 * Reads XML 1.0 in pieces, as far as workbooks use it: tags, attributes, text, CDATA, the five entities and character references.
 * No DTD is accepted, so no entity can expand; one token may not outgrow a bound, so no piece can be made quadratic.
 */

import { fileDamaged } from "./sheet-shape.ts"

export interface XmlHandler {
  /** `name` without its prefix; `attributes` unparsed, for `attribute()`. */
  open(name: string, attributes: string): void
  /** May come in several pieces. */
  text(text: string): void
  close(name: string): void
}

const longestToken = 4 * 1024 * 1024

export class XmlScanner {
  readonly #handler: XmlHandler
  #rest = ""

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  /** @throws Refusal `import.file_damaged` on a DTD, a token too long, or a tag left open within `text`. */
  feed(chunk: string): void {
    const text = this.#rest === "" ? chunk : this.#rest + chunk
    let at = 0
    for (;;) {
      const open = text.indexOf("<", at)
      if (open < 0) break
      if (open > at) this.#handler.text(decodeEntities(text.slice(at, open)))
      const after = this.#token(text, open)
      at = after < 0 ? open : after
      if (after < 0) break
    }
    this.#rest = text.slice(at)
    if (this.#rest.length > longestToken) throw fileDamaged()
  }

  /** @throws Refusal `import.file_damaged` when the document stopped in the middle of a tag. */
  end(): void {
    if (this.#rest.includes("<")) throw fileDamaged()
  }

  /** Index after the token that begins at `open`, or -1 when it has not all arrived. */
  #token(text: string, open: number): number {
    const kind = text.charCodeAt(open + 1)
    if (kind === slash) return this.#closing(text, open)
    if (kind === question) return after(text, "?>", open)
    if (kind === exclamation) return this.#declaration(text, open)
    return this.#opening(text, open)
  }

  #closing(text: string, open: number): number {
    const end = text.indexOf(">", open)
    if (end >= 0) this.#handler.close(localName(text.slice(open + 2, end).trimEnd()))
    return end < 0 ? -1 : end + 1
  }

  #opening(text: string, open: number): number {
    const end = tagEnd(text, open)
    if (end < 0) return -1
    const empty = text.charCodeAt(end - 1) === slash
    const inner = text.slice(open + 1, empty ? end - 1 : end)
    const space = inner.search(/\s/)
    const name = localName(space < 0 ? inner : inner.slice(0, space))
    this.#handler.open(name, space < 0 ? "" : inner.slice(space))
    if (empty) this.#handler.close(name)
    return end + 1
  }

  #declaration(text: string, open: number): number {
    if (text.startsWith("<!--", open)) return after(text, "-->", open + 4)
    if (!text.startsWith("<![CDATA[", open)) {
      if (text.length - open < 9) return -1
      throw fileDamaged()
    }
    const end = text.indexOf("]]>", open)
    if (end >= 0) this.#handler.text(text.slice(open + 9, end))
    return end < 0 ? -1 : end + 3
  }
}

const slash = 47
const question = 63
const exclamation = 33
const quote = 34
const apostrophe = 39
const greater = 62

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

/** A ">" may stand within a quoted attribute. */
function tagEnd(text: string, open: number): number {
  let inside = 0
  for (let at = open + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inside !== 0) {
      if (code === inside) inside = 0
    } else if (code === greater) return at
    else if (code === quote || code === apostrophe) inside = code
  }
  return -1
}

function localName(name: string): string {
  const colon = name.indexOf(":")
  return colon < 0 ? name : name.slice(colon + 1)
}

/** The attribute's value, entities resolved; `name` with its prefix, when it has one. */
export function attribute(attributes: string, name: string): string | undefined {
  const start = attributes.indexOf(` ${name}="`)
  if (start < 0) return unusual.test(attributes) ? slowAttribute(attributes, name) : undefined
  const from = start + name.length + 3
  return decodeEntities(attributes.slice(from, attributes.indexOf('"', from)))
}

/** Single quotes, line breaks or blanks around "=": allowed, and hardly ever written. */
const unusual = /[\t\r\n']|\s=|=\s/

function slowAttribute(attributes: string, name: string): string | undefined {
  for (const match of attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (match[1] === name) return decodeEntities(match[2] ?? match[3] ?? "")
  }
  return undefined
}

const named: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w{2,4});/gi, (whole, entity: string) => {
    if (!entity.startsWith("#")) return named[entity] ?? whole
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** SpreadsheetML writes what XML cannot hold as _xHHHH_ (ISO/IEC 29500-1, 22.9.2.19). */
export function decodeEscapes(text: string): string {
  if (!text.includes("_x")) return text
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
