/**
 * Lines of the mirror: JSON behind the first 4 bytes of its SHA-256, so that a damaged line is not taken for a good one.
 *
 * ```
 * 9f86d081 {"content":"{…}","index":7,"salt":"…"}     a trace of a log, in the order of the log
 * 9f86d081 {"checkpoint":"…"}                          the signed note after the traces above it
 * 9f86d081 {"content":"{…}","salt":"…"}                a trace whose look waited for this line
 * 9f86d081 {"opened":1764000000000}                    the server began to write here
 * ```
 */

import { z } from "zod"
import { canonicalText } from "../base/canonical.ts"
import { nativeSha256 } from "./native-sha256.ts"

const lineShape = z.object({
  content: z.string().optional(),
  salt: z.string().optional(),
  index: z.number().int().nonnegative().optional(),
  checkpoint: z.string().optional(),
  opened: z.number().optional(),
})
export type MirrorLine = z.output<typeof lineShape>

const text = new TextDecoder()

/** A trace as the log commits to it. */
export interface Committed {
  /** What `contentOf` gives. */
  readonly content: string
  readonly salt: Uint8Array
}

/** Canonical JSON, written by hand: a line a trace, and the content is quoted as a whole. */
export function traceLine({ content, salt }: Committed, index?: number): Uint8Array {
  const at = index === undefined ? "" : `"index":${index},`
  return lineOf(
    `{"content":${JSON.stringify(content)},${at}"salt":"${Buffer.from(salt).toString("base64")}"}`,
  )
}

export function checkpointLine(note: string): Uint8Array {
  return lineOf(canonicalText({ checkpoint: note }))
}

export function openedLine(now: number): Uint8Array {
  return lineOf(canonicalText({ opened: now }))
}

function lineOf(json: string): Uint8Array {
  const line = Buffer.allocUnsafe(json.length * 3 + 10)
  const end = 9 + line.write(json, 9, "utf8")
  line.write(`${sumOf(line.subarray(9, end))} `, 0, "latin1")
  line[end] = 0x0a
  return line.subarray(0, end + 1)
}

/** Undefined when the line, given without its end, is damaged. */
export function parseLine(line: Uint8Array): MirrorLine | undefined {
  const json = line.subarray(9)
  if (text.decode(line.subarray(0, 9)) !== `${sumOf(json)} `) return undefined
  try {
    return lineShape.parse(JSON.parse(text.decode(json)))
  } catch {
    return undefined
  }
}

function sumOf(json: Uint8Array): string {
  return Buffer.from(nativeSha256(json)).toString("hex", 0, 4)
}
