import type { i18n } from "i18next"
import { useTranslation } from "react-i18next"
import type { words } from "../locales/zh-CN/words.ts"

export type WordKind = keyof typeof words

/** The word for a code of the wire, e.g. `say("fields", "phone")`; a code without a word is shown as it is. */
export function useWords(): Words {
  const { i18n } = useTranslation()
  return wordsIn(i18n, i18n.language)
}

type Words = (kind: WordKind, code: string) => string

/** The same in a language that need not be the page's. */
export function wordsIn(i18n: Pick<i18n, "getResource">, language: string): Words {
  return (kind, code) => {
    const found: unknown = i18n.getResource(language, "words", `${kind}.${code}`)
    return typeof found === "string" ? found : code
  }
}
