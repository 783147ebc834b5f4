/** Standard Base 64, RFC 4648 §4, in a server and a browser alike. */

import { Malformed } from "./malformed.ts"

export function toBase64(bytes: Uint8Array): string {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

/** Throws {@link Malformed} unless the text is exactly what {@link toBase64} writes: padded, without spaces or stray bits. */
export function fromBase64(text: string): Uint8Array {
  const bytes = decoded(text)
  if (bytes === undefined || toBase64(bytes) !== text) throw new Malformed("not base64")
  return bytes
}

function decoded(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    return undefined
  }
}
