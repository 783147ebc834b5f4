import { useTranslation } from "react-i18next"
import {
  codes,
  isId,
  type Qualifier,
  qualifiers,
  type Term,
  type Vocabulary,
} from "../../../ledger/trace-query.ts"
import { parseHome } from "../../../lifecycle/catalogue/address.ts"
import { homeLabel } from "../../../lifecycle/store/home.ts"
import { words } from "../../locales/zh-CN/words.ts"
import { useWords } from "../../parts/use-words.ts"
import { actCodes } from "./act-codes.ts"
import { useActWord } from "./act-word.ts"

export interface Choice {
  readonly code: string
  readonly word: string
}

export interface TraceVocabulary extends Vocabulary {
  /** What a qualifier is called on this page. */
  readonly name: (qualifier: Qualifier) => string
  /** What a qualifier can be, where that is a list. */
  readonly choices: (qualifier: Qualifier) => readonly Choice[]
  /** A value as it is shown; an id stays. */
  readonly word: (term: Term) => string
}

/** The words of the search in the language of the page; codes are understood as well. */
export function useVocabulary(): TraceVocabulary {
  const { t } = useTranslation("traces")
  const choices = useChoices()
  const name = (qualifier: Qualifier) => t(`query.names.${qualifier}`)
  return {
    name,
    choices,
    word: ({ qualifier, value }) =>
      choices(qualifier).find(({ code }) => code === value)?.word ??
      (value === "system" ? t("system") : value),
    qualifier: (word) => qualifiers.find((one) => name(one) === word) ?? codes.qualifier(word),
    value: (qualifier, value) => {
      if (qualifier === "home") return homeMeant(value)
      if (qualifier === "by" && value === t("system")) return "system"
      const listed = choices(qualifier)
      const meant = listed.find(({ code, word }) => word === value || code === value)?.code
      // `roster.*` is no act but many.
      const isListed = listed.length > 0 && !value.endsWith(".*")
      return meant ?? (isListed ? undefined : codes.value(qualifier, value))
    },
  }
}

function useChoices(): (qualifier: Qualifier) => readonly Choice[] {
  const word = useWords()
  const actWord = useActWord()
  const lists: Readonly<Partial<Record<Qualifier, readonly Choice[]>>> = {
    post: Object.keys(words.posts).map((code) => ({ code, word: word("posts", code) })),
    purpose: Object.keys(words.purposes).map((code) => ({ code, word: word("purposes", code) })),
    field: Object.keys(words.fields).map((code) => ({ code, word: word("fields", code) })),
    outcome: Object.keys(words.outcomes).map((code) => ({ code, word: word("outcomes", code) })),
    act: actCodes.map((code) => ({ code, word: actWord(code) })),
  }
  return (qualifier) => lists[qualifier] ?? []
}

/** As the roster writes it, so that 3-1-101 finds 3栋1单元101. */
function homeMeant(value: string): string | undefined {
  if (isId(value)) return value
  const place = parseHome(value)
  return place === undefined ? undefined : homeLabel(place)
}
