/**
 * Frames of PostgreSQL's extended query protocol (its docs, "Message Formats"), as far as the lane speaks it: what goes out is
 * written into one buffer, what comes in is cut into frames and read column by column.
 */

import pg from "pg"

/** A column of an answer, by its type's OID. */
export interface Column {
  readonly name: string
  /** 1: binary, for types that are cheaper so; 0: text. */
  readonly format: 0 | 1
  readonly read: (bytes: Buffer, at: number, end: number) => unknown
}

const smallest = 16_384

/** Writes frames one behind the other; `take` hands them over and begins anew. */
export class FrameWriter {
  #bytes = Buffer.allocUnsafe(smallest)
  #at = 0

  parse(statement: string, text: string): void {
    const length = this.#begin("P")
    this.#text(statement)
    this.#text(text)
    this.#int16(0)
    this.#end(length)
  }

  /** Asks for the columns of a prepared statement. */
  describe(statement: string): void {
    const length = this.#begin("D")
    this.#char("S")
    this.#text(statement)
    this.#end(length)
  }

  close(statement: string): void {
    const length = this.#begin("C")
    this.#char("S")
    this.#text(statement)
    this.#end(length)
  }

  /** Binds the values to the prepared statement and runs it. */
  run(statement: string, values: readonly unknown[], columns: readonly Column[]): void {
    const length = this.#begin("B")
    this.#int8(0)
    this.#text(statement)
    this.#int16(values.length)
    for (const value of values) this.#int16(value instanceof Uint8Array ? 1 : 0)
    this.#int16(values.length)
    for (const value of values) this.#value(value)
    this.#int16(columns.length)
    for (const { format } of columns) this.#int16(format)
    this.#end(length)
    this.#execute()
  }

  sync(): void {
    this.#end(this.#begin("S"))
  }

  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#at))
    this.#at = 0
    return taken
  }

  #execute(): void {
    const length = this.#begin("E")
    this.#int8(0)
    this.#int32(0)
    this.#end(length)
  }

  #begin(code: string): number {
    this.#char(code)
    const length = this.#at
    this.#int32(0)
    return length
  }

  #end(length: number): void {
    this.#bytes.writeInt32BE(this.#at - length, length)
  }

  #value(value: unknown): void {
    if (value === null || value === undefined) return this.#int32(-1)
    if (value instanceof Uint8Array) {
      this.#room(value.length + 4)
      this.#int32(value.length)
      this.#bytes.set(value, this.#at)
      this.#at += value.length
      return
    }
    const text = textOf(value)
    this.#room(text.length * 3 + 4)
    const length = this.#bytes.write(text, this.#at + 4, "utf8")
    this.#bytes.writeInt32BE(length, this.#at)
    this.#at += length + 4
  }

  #text(text: string): void {
    this.#room(text.length * 3 + 1)
    this.#at += this.#bytes.write(text, this.#at, "utf8")
    this.#bytes[this.#at++] = 0
  }

  #char(char: string): void {
    this.#int8(char.charCodeAt(0))
  }

  #int8(number: number): void {
    this.#room(1)
    this.#bytes[this.#at++] = number
  }

  #int16(number: number): void {
    this.#room(2)
    this.#at = this.#bytes.writeInt16BE(number, this.#at)
  }

  #int32(number: number): void {
    this.#room(4)
    this.#at = this.#bytes.writeInt32BE(number, this.#at)
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes))
    larger.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = larger
  }
}

/** A parameter as PostgreSQL reads it in text. */
function textOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value
    case "number":
    case "bigint":
    case "boolean":
      return String(value)
    default:
      if (Array.isArray(value)) return `{${value.map(elementOf).join(",")}}`
      if (value instanceof Date) return value.toISOString()
      return JSON.stringify(value)
  }
}

function elementOf(value: unknown): string {
  if (value === null || value === undefined) return "null"
  if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString("hex")}"`
  const text = textOf(value)
  if (typeof value === "number" || Array.isArray(value)) return text
  return /["\\]/.test(text) ? `"${text.replace(/["\\]/g, "\\$&")}"` : `"${text}"`
}

/** Cuts what arrives into frames: `heard` gets the code, and where the content begins in the bytes. */
export class FrameReader {
  /** The beginning of a frame whose end has not arrived; grows by doubling, so that a long one is not copied at each arrival. */
  #rest = Buffer.alloc(0)
  #length = 0

  /** `chunk` is not kept. */
  push(chunk: Buffer, heard: (code: string, bytes: Buffer, at: number) => void): void {
    const bytes = this.#length === 0 ? chunk : this.#joined(chunk)
    const at = cut(bytes, heard)
    if (at === 0 && bytes !== chunk) return
    this.#keep(bytes.subarray(at))
  }

  #joined(chunk: Buffer): Buffer {
    this.#room(this.#length + chunk.length)
    chunk.copy(this.#rest, this.#length)
    this.#length += chunk.length
    return this.#rest.subarray(0, this.#length)
  }

  #keep(rest: Buffer): void {
    this.#length = rest.length
    if (rest.length === 0) {
      if (this.#rest.length > mostKept) this.#rest = Buffer.alloc(0)
      return
    }
    this.#room(rest.length)
    // Both may be of one buffer; `copy` moves as memmove does.
    rest.copy(this.#rest)
  }

  #room(bytes: number): void {
    if (bytes <= this.#rest.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#rest.length * 2, bytes, smallest))
    this.#rest.copy(larger, 0, 0, this.#length)
    this.#rest = larger
  }
}

/** Says each whole frame, and where the first that is not whole begins. */
function cut(bytes: Buffer, heard: (code: string, bytes: Buffer, at: number) => void): number {
  let at = 0
  while (at + headerBytes <= bytes.length) {
    const end = at + 1 + bytes.readInt32BE(at + 1)
    if (end > bytes.length) break
    heard(codes[bytes[at] ?? 0] ?? "", bytes, at + headerBytes)
    at = end
  }
  return at
}

/** Room beyond this is given back once it is empty. */
const mostKept = 1_048_576
const headerBytes = 5
const codes = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))

/** RowDescription: the columns, each with how it is to be sent and read. */
export function columnsOf(bytes: Buffer, at: number): Column[] {
  let next = at + 2
  return Array.from({ length: bytes.readInt16BE(at) }, () => {
    const nameEnd = bytes.indexOf(0, next)
    const name = bytes.toString("utf8", next, nameEnd)
    const type = bytes.readUInt32BE(nameEnd + 7)
    next = nameEnd + 19
    return columnOf(name, type)
  })
}

/** DataRow. */
export function rowOf(columns: readonly Column[], bytes: Buffer, at: number): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  let next = at + 2
  for (const { name, read } of columns) {
    const length = bytes.readInt32BE(next)
    next += 4
    if (length < 0) {
      row[name] = null
      continue
    }
    row[name] = read(bytes, next, next + length)
    next += length
  }
  return row
}

const { builtins } = pg.types
const parsers: { getTypeParser(type: number, format: "text"): (text: string) => unknown } = pg.types
/** 2000-01-01, from which PostgreSQL counts microseconds. */
const epoch = 946_684_800_000

function columnOf(name: string, type: number): Column {
  switch (type) {
    case builtins.BYTEA:
      return { name, format: 1, read: (bytes, at, end) => Buffer.from(bytes.subarray(at, end)) }
    case builtins.BOOL:
      return { name, format: 1, read: (bytes, at) => bytes[at] === 1 }
    case builtins.INT4:
      return { name, format: 1, read: (bytes, at) => bytes.readInt32BE(at) }
    case builtins.TIMESTAMPTZ:
      return {
        name,
        format: 1,
        read: (bytes, at) => new Date(epoch + Number(bytes.readBigInt64BE(at) / 1_000n)),
      }
    case builtins.TEXT:
      return { name, format: 0, read: (bytes, at, end) => bytes.toString("utf8", at, end) }
    case builtins.UUID:
    case builtins.INT8:
      return { name, format: 0, read: (bytes, at, end) => bytes.toString("latin1", at, end) }
    default: {
      const parse = parsers.getTypeParser(type, "text")
      return { name, format: 0, read: (bytes, at, end) => parse(bytes.toString("utf8", at, end)) }
    }
  }
}

/** ErrorResponse: as pg itself would throw it. */
export function errorOf(bytes: Buffer, at: number): pg.DatabaseError {
  const fields = new Map<string, string>()
  for (let next = at; bytes[next] !== 0; ) {
    const end = bytes.indexOf(0, next)
    fields.set(String.fromCharCode(bytes[next] ?? 0), bytes.toString("utf8", next + 1, end))
    next = end + 1
  }
  const error = new pg.DatabaseError(fields.get("M") ?? "", 0, "error")
  error.code = fields.get("C")
  error.constraint = fields.get("n")
  error.table = fields.get("t")
  error.schema = fields.get("s")
  return error
}
