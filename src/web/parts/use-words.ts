import { useTranslation } from "react-i18next"
import type { words } from "../locales/zh-CN/words.ts"

export type WordKind = keyof typeof words

/** The word for a code of the wire, e.g. `say("fields", "phone")`; a code without a word is shown as it is. */
export function useWords(): (kind: WordKind, code: string) => string {
  const { i18n } = useTranslation()
  return (kind, code) => {
    const found: unknown = i18n.getResource(i18n.language, "words", `${kind}.${code}`)
    return typeof found === "string" ? found : code
  }
}
