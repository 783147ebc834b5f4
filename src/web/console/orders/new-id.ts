/**
 * A random UUID (RFC 9562, version 4), made here so that a command can be sent again without being done twice.
 * `crypto.randomUUID` exists on https and localhost only; a server in the property's own network often has neither.
 */
export function newId(random: Uint8Array = crypto.getRandomValues(new Uint8Array(16))): string {
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("")
  const variant = (((random[8] ?? 0) & 0x3f) | 0x80).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20)}`
}
