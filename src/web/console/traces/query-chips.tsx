import { Button, Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { SoughtHome } from "../../../ledger/trace-explorer-contract.ts"
import { isId, type Term } from "../../../ledger/trace-query.ts"
import { useVocabulary } from "./use-vocabulary.ts"
import "./traces.css"

export interface QueryChipsProps {
  readonly terms: readonly Term[]
  /** Homes whose labels the answer told. */
  readonly homes: readonly SoughtHome[]
  /** Names of staff that are on the page, by id. */
  readonly names: ReadonlyMap<string, string>
  readonly onTerms: (terms: readonly Term[]) => void
}

/** What is sought, one chip a term, each to be taken away. */
export function QueryChips({ terms, homes, names, onTerms }: QueryChipsProps) {
  const { t } = useTranslation("traces")
  const vocabulary = useVocabulary()
  const idWord = useIdWord(homes, names)
  if (terms.length === 0) return null
  const say = (term: Term) => (isId(term.value) ? idWord(term) : vocabulary.word(term))
  return (
    <ul className="hd-trace-chips" aria-label={t("query.chosen")}>
      {terms.map((term) => {
        const text = `${vocabulary.name(term.qualifier)}：${say(term)}`
        return (
          <li key={`${term.qualifier} ${term.value}`}>
            <Tag
              color="blue"
              closable={{ "aria-label": t("query.remove", { term: text }) }}
              onClose={(event) => {
                event.preventDefault()
                onTerms(terms.filter((one) => one !== term))
              }}
            >
              {text}
            </Tag>
          </li>
        )
      })}
      <li>
        <Button type="link" size="small" onClick={() => onTerms([])}>
          {t("query.clear")}
        </Button>
      </li>
    </ul>
  )
}

/** An id tells a reader nothing: what it stands for does. */
function useIdWord(homes: readonly SoughtHome[], names: ReadonlyMap<string, string>): (term: Term) => string {
  const { t } = useTranslation("traces")
  return ({ qualifier, value }) => {
    if (qualifier === "home")
      return homes.find(({ homeId }) => homeId === value)?.label ?? t("query.thisHome")
    if (qualifier === "by") return names.get(value) ?? t("someone")
    return t(qualifier === "use" ? "query.thisUse" : "query.thisPerson")
  }
}
