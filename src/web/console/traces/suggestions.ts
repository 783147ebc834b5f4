/** What the search box offers while somebody types: qualifiers first, then what one can be. */

import type { Qualifier } from "../../../ledger/trace-query.ts"
import type { TraceVocabulary } from "./use-vocabulary.ts"

export interface Suggestion {
  /** The whole text of the box once it is taken. */
  readonly value: string
  readonly label: string
  readonly hint: string
}

/** Qualifiers that are offered; a use or an owner is chosen by a link. */
export const offered = [
  "post",
  "act",
  "purpose",
  "field",
  "home",
  "by",
  "outcome",
  "after",
  "before",
] as const

export interface Offer {
  readonly vocabulary: TraceVocabulary
  readonly hint: (qualifier: (typeof offered)[number]) => string
  /** More choices: names of staff, days. */
  readonly more: (qualifier: Qualifier) => readonly { readonly value: string; readonly hint: string }[]
}

const mostOffered = 12

export function suggest(text: string, { vocabulary, hint, more }: Offer): Suggestion[] {
  const [, before = "", last = ""] = /^(.*?)(\S*)$/su.exec(text) ?? []
  const [, word, begun] = /^([^:：]+)[:：]["“]?(.*)$/u.exec(last) ?? []
  if (word === undefined || begun === undefined) {
    return offered
      .filter((one) => one.startsWith(last.toLowerCase()) || vocabulary.name(one).startsWith(last))
      .map((one) => ({
        value: `${before}${vocabulary.name(one)}:`,
        label: `${vocabulary.name(one)}:`,
        hint: hint(one),
      }))
  }
  const qualifier = vocabulary.qualifier(word)
  if (qualifier === undefined) return []
  const listed = vocabulary.choices(qualifier).map((one) => ({ value: one.word, hint: one.code }))
  return [...listed, ...more(qualifier)]
    .filter(({ value, hint: code }) => value.includes(begun) || code.startsWith(begun))
    .slice(0, mostOffered)
    .map(({ value, hint: code }) => ({
      value: `${before}${word}:${/\s/.test(value) ? `"${value}"` : value} `,
      label: value,
      hint: code,
    }))
}
