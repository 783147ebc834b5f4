/** Randomness as an effect: the operating system's generator through node:crypto. */

import { randomBytes } from "node:crypto"
import { uuid7 } from "../base/id.ts"

/** Random bytes are drawn in blocks: one system call a value would dominate the hot paths. */
const blockBytes = 8192
let block = randomBytes(blockBytes)
let used = 0

export function random(bytes: number): Uint8Array {
  if (bytes > blockBytes) return randomBytes(bytes)
  if (used + bytes > blockBytes) {
    block = randomBytes(blockBytes)
    used = 0
  }
  used += bytes
  return block.subarray(used - bytes, used)
}

export function newId(now: number): string {
  return uuid7(now, random(10))
}
