/** What a clerk types into the one search box, recognised. Never a prefix of a phone: that would be an oracle. Clause 3.10. */

import { Refusal } from "../../base/refusal.ts"
import { parseHome } from "../catalogue/address.ts"
import { parseField } from "../catalogue/parse.ts"
import type { SearchKind } from "./contract.ts"
import { homeLabel } from "./home.ts"

/** `value` is canonical: the same spelling that was indexed. */
export interface Search {
  readonly kind: SearchKind
  readonly value: string
}

/** What is typed most, and canonical as it is. */
const mobile = /^1[3-9]\d{9}$/
const lastFour = /^\d{4}$/

/** Throws `search.unclear` when the text is none of the kinds (or not of the kind asked for). */
export function recognise(text: string, kind: SearchKind | undefined): Search {
  if (kind === undefined && mobile.test(text)) return { kind: "phone", value: text }
  if (kind === undefined && lastFour.test(text)) return { kind: "phone_last4", value: text }
  const kinds: readonly SearchKind[] =
    kind === undefined ? ["phone", "phone_last4", "plate", "home", "name"] : [kind]
  for (const one of kinds) {
    const value = readers[one](text)
    if (value !== undefined) return { kind: one, value }
  }
  throw new Refusal("search.unclear")
}

const readers: Readonly<Record<SearchKind, (text: string) => string | undefined>> = {
  phone: (text) => taken("phone", text) ?? taken("landline", text),
  phone_last4: (text) => /^\d{4}$/.exec(text.normalize("NFKC").trim())?.[0],
  plate: (text) => taken("plate", text),
  home: (text) => {
    const place = parseHome(text)
    return place === undefined ? undefined : homeLabel(place)
  },
  // A run of digits is half a number, not a doubtful name.
  name: (text) => (/\d/.test(text.normalize("NFKC")) ? undefined : taken("name", text)),
}

function taken(field: "phone" | "landline" | "plate" | "name", text: string): string | undefined {
  const parsed = parseField(field, text)
  return parsed.kind === "value" || parsed.kind === "doubtful" ? parsed.value : undefined
}
