/**
 * SHA-256 of four short messages at once as a WebAssembly module, written out here instruction by instruction, so that
 * what runs can be read. FIPS 180-4 §6.2 on vectors of four 32-bit words, one of each message; WebAssembly Core §5 for
 * the bytes of the module. What is constant in a padded message of fixed length is worked out while writing.
 */

import { initial, k } from "./sha256.ts"

type Code = readonly number[]
/** A word of the four messages: the same known number in all, or a local with four numbers. */
type Word = { readonly known: number } | { readonly local: number }

/** The locals that hold a to h. */
type Eight = readonly [number, number, number, number, number, number, number, number]

/** What is hashed: a byte that tells leaf from node, then so many bytes from memory. RFC 6962 §2.1. */
interface Form {
  readonly prefix: number
  readonly bytes: number
}

const forms: readonly Form[] = [
  { prefix: 0, bytes: 32 },
  { prefix: 1, bytes: 64 },
]

// Parameters and locals of both functions.
const [from, to, groups, stride] = [0, 1, 2, 3]
const lanes = [from, 4, 5, 6]
const schedule = Array.from({ length: 16 }, (_, at) => 7 + at)
const working: Eight = [23, 24, 25, 26, 27, 28, 29, 30]
const chained = Array.from({ length: 8 }, (_, at) => 31 + at)
const [sum, both, before] = [39, 40, 41]
const [wordLocals, vectorLocals] = [3, 35]

const bytesFor = (value: number) => [value, value >> 8, value >> 16, value >> 24].map((byte) => byte & 0xff)
const vector = (instruction: number, ...rest: Code): Code => [0xfd, ...unsigned(instruction), ...rest]
const get = (local: number): Code => [0x20, local]
const set = (local: number): Code => [0x21, local]
const tee = (local: number): Code => [0x22, local]
const splat = (value: number): Code => vector(0x0c, ...[0, 1, 2, 3].flatMap(() => bytesFor(value)))
const add = vector(0xae)
const and = vector(0x4e)
const or = vector(0x50)
const xor = vector(0x51)
const left = (value: Code, by: number): Code => [...value, 0x41, by, ...vector(0xab)]
const right = (value: Code, by: number): Code => [...value, 0x41, by, ...vector(0xad)]
const turned = (value: Code, by: number): Code => [...right(value, by), ...left(value, 32 - by), ...or]
/** The bytes of each word the other way round: messages are big-endian, WebAssembly is not. */
const swap = [...vector(0x0c, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12), ...vector(0x0e)]

/** "\0asm" and version 1. */
const heading: Code = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

/** The module: a memory and the functions `leaves` and `nodes` of (from, to, groups, stride). */
export function laneModule(): Uint8Array<ArrayBuffer> {
  const signature = [0x60, 4, 0x7f, 0x7f, 0x7f, 0x7f, 0]
  return Uint8Array.from([
    ...heading,
    ...section(1, [signature]),
    ...section(3, [[0], [0]]),
    ...section(5, [[0, 1]]),
    ...section(7, [
      [...text("memory"), 2, 0],
      [...text("leaves"), 0, 0],
      [...text("nodes"), 0, 1],
    ]),
    ...section(
      10,
      forms.map((form) => sized([2, wordLocals, 0x7f, vectorLocals, 0x7b, ...body(form), 0x0b])),
    ),
  ])
}

/** Four messages a turn. The byte before `from` is read and left out: the prefix stands in its place. */
function body(form: Form): Code {
  const advance = [...get(from), ...get(stride), 0x41, 2, 0x74, 0x6a, ...set(from)]
  const onwards = [...get(to), 0x41, ...signed(128), 0x6a, ...set(to)]
  const again = [...get(groups), 0x41, 1, 0x6b, ...tee(groups), 0x0d, 0]
  return [0x03, 0x40, ...addresses(), ...blocks(form), ...digests(), ...advance, ...onwards, ...again, 0x0b]
}

function addresses(): Code {
  return [1, 2, 3].flatMap((lane) => [
    ...get(lanes[lane - 1] ?? from),
    ...get(stride),
    0x6a,
    ...set(lanes[lane] ?? from),
  ])
}

/** §5.1.1: prefix, bytes, a one bit, zeros and the length in bits, in one block or two. */
function blocks(form: Form): Code {
  const count = form.bytes + 1 + 9 <= 64 ? 1 : 2
  const code: number[] = []
  for (let block = 0; block < count; block++) {
    const words = Array.from({ length: 16 }, (_, at) => wordAt(form, 16 * block + at, 16 * count))
    const known = (at: number) => splat(initial[at] ?? 0)
    const start = (at: number) => (block === 0 ? known(at) : get(chained[at] ?? 0))
    code.push(...words.flatMap(({ code: load }) => load))
    code.push(...working.flatMap((local, at) => [...start(at), ...set(local)]))
    const end = rounds(
      code,
      words.map(({ word }) => word),
    )
    code.push(...end.flatMap((local, at) => [...start(at), ...get(local), ...add, ...set(chained[at] ?? 0)]))
  }
  return code
}

function wordAt({ prefix, bytes }: Form, at: number, count: number): { code: Code; word: Word } {
  if (at === count - 1) return { code: [], word: { known: 8 * (bytes + 1) } }
  // Both lengths are a multiple of four, so that behind the prefix one last byte shares its word with the one bit.
  if (4 * at > bytes) return { code: [], word: { known: 0 } }
  const local = schedule[at % 16] ?? 0
  const load = [...loadWord(at), ...swap]
  if (at === 0) load.push(...splat(0x00ffffff), ...and, ...splat(prefix << 24), ...or)
  if (4 * at === bytes) load.push(...splat(0xff000000), ...and, ...splat(0x00800000), ...or)
  return { code: [...load, ...set(local)], word: { local } }
}

function loadWord(at: number): Code {
  const load = lanes.map((address, lane) => [address, ...vector(0x56, 0, ...unsigned(4 * at), lane)])
  return load.reduce<Code>((value, [address = 0, ...instruction]) => {
    return [...get(address), ...value, ...instruction]
  }, splat(0))
}

/** §6.2.2 steps 1 to 3. Returns the locals that hold a to h in the end: words change names instead of places. */
function rounds(code: number[], words: Word[]): Eight {
  let names = working
  const [, b, c] = names
  code.push(...get(b), ...get(c), ...xor, ...set(before))
  for (let t = 0; t < 64; t++) {
    if (t >= 16) words.push(expanded(code, words, t))
    const { known, code: word } = part(words[t])
    const [a, b, c, d, e, f, g, h] = names
    code.push(...get(h), ...splat((k[t] ?? 0) + known), ...add)
    if (word.length > 0) code.push(...word, ...add)
    code.push(...sigma(get(e), [6, 11, 25]), ...add)
    code.push(...get(f), ...get(g), ...get(e), ...vector(0x52), ...add, ...set(sum))
    code.push(...get(d), ...get(sum), ...add, ...set(d))
    // Maj(a, b, c) is b where a and b are the same, else c: b ^ ((a ^ b) & (b ^ c)), and b ^ c was the last round's a ^ b.
    code.push(...get(a), ...get(b), ...xor, ...tee(both), ...get(before), ...and, ...get(b), ...xor)
    code.push(...sigma(get(a), [2, 13, 22]), ...add, ...get(sum), ...add, ...set(h))
    code.push(...get(both), ...set(before))
    names = [h, a, b, c, d, e, f, g]
  }
  return names
}

function sigma(value: Code, [x = 0, y = 0, z = 0]: readonly number[]): Code {
  return [...turned(value, x), ...turned(value, y), ...xor, ...turned(value, z), ...xor]
}

/** W[t] = σ1(W[t-2]) + W[t-7] + σ0(W[t-15]) + W[t-16], what is known of it added up now. */
function expanded(code: number[], words: readonly Word[], t: number): Word {
  const parts = [
    mixed(words[t - 2], [17, 19, 10]),
    part(words[t - 7]),
    mixed(words[t - 15], [7, 18, 3]),
    part(words[t - 16]),
  ]
  const known = parts.reduce((total, each) => (total + each.known) | 0, 0)
  const [first, ...rest] = parts.map((each) => each.code).filter((each) => each.length > 0)
  if (first === undefined) return { known }
  const local = schedule[t % 16] ?? 0
  code.push(...first, ...rest.flatMap((each) => [...each, ...add]))
  if (known !== 0) code.push(...splat(known), ...add)
  code.push(...set(local))
  return { local }
}

interface Part {
  readonly known: number
  readonly code: Code
}

function part(word: Word | undefined): Part {
  if (word === undefined) throw new Error("no such word")
  return "known" in word ? { known: word.known, code: [] } : { known: 0, code: get(word.local) }
}

/** Two turns and a shift, of a number now or of a vector later. */
function mixed(word: Word | undefined, [x = 0, y = 0, z = 0]: readonly number[]): Part {
  const { known, code } = part(word)
  const turn = (by: number) => (known >>> by) | (known << (32 - by))
  if (code.length === 0) return { known: turn(x) ^ turn(y) ^ (known >>> z), code }
  return { known: 0, code: [...turned(code, x), ...turned(code, y), ...xor, ...right(code, z), ...xor] }
}

/** Eight words of each message, one message behind the other. */
function digests(): Code {
  return chained.flatMap((local, at) => [
    ...get(local),
    ...swap,
    ...set(local),
    ...lanes.flatMap((_, lane) => [
      ...get(to),
      ...get(local),
      ...vector(0x5a, 0, ...unsigned(32 * lane + 4 * at), lane),
    ]),
  ])
}

function section(id: number, items: readonly Code[]): Code {
  return [id, ...sized([...unsigned(items.length), ...items.flat()])]
}

function sized(bytes: Code): Code {
  return [...unsigned(bytes.length), ...bytes]
}

function text(name: string): Code {
  return sized([...new TextEncoder().encode(name)])
}

/** LEB128, WebAssembly Core §5.2.2. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

function signed(value: number): Code {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)]
}
