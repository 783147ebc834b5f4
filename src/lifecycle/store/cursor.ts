/** A page's end as an opaque cursor: the sort key and id of the last row. Places only, no value of a person. */

import { z } from "zod"
import { Refusal } from "../../base/refusal.ts"

/** Behind this line of the list; empty strings: before the first. */
export interface Position {
  readonly sortKey: string
  readonly residenceId: string
}

const content = z.tuple([z.string().max(200), z.uuid()])

export function encodeCursor({ sortKey, residenceId }: Position): string {
  return Buffer.from(JSON.stringify([sortKey, residenceId])).toString("base64url")
}

export function decodeCursor(cursor: string | undefined): Position {
  if (cursor === undefined) return { sortKey: "", residenceId: "" }
  const parsed = content.safeParse(jsonOf(Buffer.from(cursor, "base64url").toString("utf8")))
  if (!parsed.success) throw new Refusal("request.malformed", { field: "after" })
  const [sortKey, residenceId] = parsed.data
  return { sortKey, residenceId }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
