/** Identifiers. Made by the server or the client, never by the database, so that a command can be sent again (idempotence). */

import { z } from "zod"

/** A community, building, tenant: a positive bigint, written as decimal digits. */
export const numberId = z.string().regex(/^(0|[1-9]\d{0,18})$/)

/** A person, order, use, trace: a UUID in lower case. */
export const uuid = z.uuid().toLowerCase()

/** What a page of a list hands back to ask for the next one. Opaque to the client. */
export const cursor = z.string().max(400)

/** RFC 9562 version 7: time-ordered, so that new rows land at the end of an index. `random` is 10 bytes. */
export function uuid7(now: number, random: Uint8Array): string {
  const time = now.toString(16).padStart(12, "0")
  const hex = Buffer.from(random).toString("hex")
  const variant = ((random[2] ?? 0) & 0x3f) | 0x80
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant.toString(16)}${hex.slice(6, 8)}-${hex.slice(8, 20)}`
}
