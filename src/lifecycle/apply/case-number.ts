/** Numbers of files: counted ones would tell how much is applied for out of one's reach. */

import { houseZone } from "../../base/instant.ts"

/** Without letters that look like figures. */
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
const dayFormat = new Intl.DateTimeFormat("sv-SE", { timeZone: houseZone })

/** `A20261128-K7M2QX` of an application, `E…` of an emergency. */
export function caseNumber(kind: "A" | "E", now: number, sixBytes: Uint8Array): string {
  const tail = Array.from(sixBytes, (byte) => letters[byte % letters.length] ?? "").join("")
  return `${kind}${dayFormat.format(now).replaceAll("-", "")}-${tail}`
}
