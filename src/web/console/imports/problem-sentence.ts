import { useTranslation } from "react-i18next"

/** What is wrong with a cell, in the language of the page; a reason nobody has worded yet is shown as its code. */
export function useProblemSentence(): (reason: string) => string {
  const { i18n } = useTranslation()
  return (reason) => {
    const found: unknown = i18n.getResource(i18n.language, "imports", `reasons.${reason}`)
    return typeof found === "string" ? found : reason
  }
}
