/** Keyed choices of a copy: the same secret, copy and place always choose the same. HMAC-SHA-256, RFC 2104. Clause 4.7. */

import { createHash, createHmac } from "node:crypto"

/** A number from 0 to 2³²−1. */
export type Draw = (...place: readonly string[]) => number

export function drawOf(secret: Uint8Array, copyId: string): Draw {
  return (...place) =>
    createHmac("sha256", secret)
      .update(JSON.stringify([copyId, ...place]))
      .digest()
      .readUInt32BE(0)
}

/** In an order that only the key knows. */
export function shuffled<Item>(
  items: readonly Item[],
  draw: Draw,
  placeOf: (item: Item) => readonly string[],
): Item[] {
  return items
    .map((item) => ({ item, rank: draw(...placeOf(item)) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}

/** What a value is called in the record of a copy: enough to know it again, not to read it. 48 bits; the record is sealed besides. */
export function tokenOf(kind: string, canonical: string): string {
  return createHash("sha256").update(`${kind}/${canonical}`).digest("base64url").slice(0, 8)
}
