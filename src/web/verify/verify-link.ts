/** Receipts and checkpoints in the fragment of a link: what stands behind `#` is never sent to a server. */

import { fromBase64, toBase64 } from "../../ledger/base64.ts"
import { Malformed } from "../../ledger/malformed.ts"

export type Linked =
  | { readonly kind: "receipt"; readonly text: string }
  /** The signed note of a printed root. */
  | { readonly kind: "sheet"; readonly text: string }

const letters = { receipt: "r", sheet: "c" } as const

/** Without the `#`. */
export function linkHash({ kind, text }: Linked): string {
  const base64 = toBase64(new TextEncoder().encode(text))
  return `${letters[kind]}=${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`
}

/** Undefined for what {@link linkHash} would not write. */
export function readLinkHash(hash: string): Linked | undefined {
  const [, letter, encoded = ""] = /^#?([rc])=([\w-]+)$/.exec(hash) ?? []
  if (letter === undefined) return undefined
  try {
    const base64 = encoded.replaceAll("-", "+").replaceAll("_", "/")
    const bytes = fromBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="))
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
    return { kind: letter === letters.receipt ? "receipt" : "sheet", text }
  } catch (error) {
    if (error instanceof Malformed || error instanceof TypeError) return undefined
    throw error
  }
}

/** `3f0a 99c1 …`: what a person compares with the paper. */
export function fingerprint(root: Uint8Array): readonly string[] {
  const hex = Array.from(root, (byte) => byte.toString(16).padStart(2, "0")).join("")
  return hex.match(/.{4}/g) ?? []
}
