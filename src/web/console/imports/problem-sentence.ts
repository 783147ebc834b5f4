import { useTranslation } from "react-i18next"
import { problemSentences } from "../../../lifecycle/catalogue/problem-sentences.ts"
import { rowReasons } from "../../../lifecycle/collect/row-problem.ts"

const languages = ["zh-CN", "en"] as const

/** Of values (the catalogue's) and of rows and cells as such, by reason. */
const sentences = Object.fromEntries(
  languages.map((language) => {
    const ofRows = Object.entries(rowReasons).map(([reason, words]) => [reason, words[language]] as const)
    return [language, new Map([...Object.entries(problemSentences[language]), ...ofRows])]
  }),
)

/** What is wrong with a row, cell or value, in the language of the page; an unknown reason is shown as its code. */
export function useProblemSentence(): (reason: string) => string {
  const { i18n } = useTranslation()
  return (reason) => sentences[i18n.language]?.get(reason) ?? reason
}
