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
import { type CanonicalValue, canonicalBytes } from "../base/canonical.ts"
import { toBase64 } from "./base64.ts"
import { contentOf } from "./entry.ts"
import { sha256 } from "./sha256.ts"
import type { Trace } from "./trace.ts"

const lineShape = z.object({
  content: z.string().optional(),
  salt: z.string().optional(),
  index: z.number().int().nonnegative().optional(),
  checkpoint: z.string().optional(),
  opened: z.number().optional(),
})
export type MirrorLine = z.output<typeof lineShape>

const text = new TextDecoder()

export function traceLine(trace: Trace, index?: number): Uint8Array {
  const content = text.decode(contentOf(trace))
  const salt = toBase64(trace.salt)
  return lineOf(index === undefined ? { content, salt } : { content, salt, index })
}

export function checkpointLine(note: string): Uint8Array {
  return lineOf({ checkpoint: note })
}

export function openedLine(now: number): Uint8Array {
  return lineOf({ opened: now })
}

function lineOf(value: CanonicalValue): Uint8Array {
  const json = canonicalBytes(value)
  const line = new Uint8Array(json.length + 10)
  line.set(new TextEncoder().encode(`${sumOf(json)} `))
  line.set(json, 9)
  line[line.length - 1] = 0x0a
  return line
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
  return Array.from(sha256(json).subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("")
}
