import { useTranslation } from "react-i18next"

export interface TwoWords {
  readonly "zh-CN": string
  readonly en: string
}

/** What the server says in both languages, in that of the page. */
export function useSay(): (words: TwoWords) => string {
  const { i18n } = useTranslation()
  return (words) => words[i18n.language === "en" ? "en" : "zh-CN"]
}
