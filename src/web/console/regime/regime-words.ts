import type { RegimeTextView } from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { useWords } from "../../parts/use-words.ts"
import { labelOf } from "./label-of.ts"

export interface RegimeWords {
  readonly purpose: (code: string) => string
  readonly field: (code: string) => string
}

/** Names of purposes and fields as this text has them; a code it does not know is shown as it is. */
export function useRegimeWords(
  text:
    | { readonly purposes: RegimeTextView["purposes"]; readonly fields?: RegimeTextView["fields"] }
    | undefined,
): RegimeWords {
  const say = useWords()
  const named = (
    list: readonly { code: string; label: RegimeTextView["fields"][number]["label"] }[] = [],
    code: string,
  ) => {
    const found = list.find((one) => one.code === code)
    return found === undefined ? undefined : labelOf(found)
  }
  return {
    purpose: (code) => named(text?.purposes, code) ?? say("purposes", code),
    field: (code) => named(text?.fields, code) ?? say("fields", code),
  }
}
