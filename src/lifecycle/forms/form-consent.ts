/** Which fields of a form need a consent of their own, and the text that is read for each. Clauses 2.3, 2.5, 2.6. */

import type { Words } from "../catalogue/field.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import { needsConsent } from "../consent/consent.ts"
import { hashOfText, type Language, renderText, type TextsByLanguage } from "../consent/consent-text.ts"
import type { Filled } from "./filled.ts"
import type { Form, FormField } from "./form.ts"

/** A matter to be worked on becomes an order, which takes over nothing optional: so nothing optional is asked consent for. */
const orderPurposes: readonly string[] = ["repair", "complaint"]

/** Each is asked by itself: saying yes to one says nothing about the next. */
export function fieldsToConsent(regime: Regime, form: Form): readonly FormField[] {
  const { code: purpose } = form.purpose
  if (orderPurposes.includes(purpose)) return []
  return form.fields.filter(({ code, need }) => need === "optional" && needsConsent(regime, purpose, code))
}

/** Without what is optional and was not consented to: such a field is not kept. Clause 2.5. */
export function withoutUnconsented(regime: Regime, form: Form, filled: Filled): Filled {
  if (!orderPurposes.includes(form.purpose.code)) return filled
  const isKept = (field: string) =>
    form.fields.some(({ code, need }) => code === field && need === "required") ||
    !needsConsent(regime, form.purpose.code, field)
  return {
    ...filled,
    facts: Object.fromEntries(Object.entries(filled.facts).filter(([field]) => isKept(field))),
    fields: filled.fields.filter(isKept),
    agreed: filled.agreed.filter(isKept),
  }
}

/** A text as it is read, whether it lies in the database or not yet. */
export interface FormText {
  readonly feature: string
  /** 0: the form's own sentence, not asked yet. */
  readonly version: number
  readonly rendered: Readonly<Record<Language, string>>
}

interface TextThere {
  readonly feature: string
  readonly version: number
  readonly purpose: string
  readonly fields: readonly string[]
  readonly written_by: string | null
  readonly words: Readonly<Record<Language, { readonly rendered: string }>>
}

const longestCode = 40

export function featureOfField({ purpose }: Form, field: FormField): string {
  return `${purpose.code}_${field.code}`.slice(0, longestCode)
}

/** Of the texts in force the one about exactly this: the officer's before the form's own. */
export function findText<Text extends TextThere>(
  texts: readonly Text[],
  form: Form,
  { code }: FormField,
): Text | undefined {
  const about = texts.filter(
    ({ purpose, fields }) => purpose === form.purpose.code && fields.length === 1 && fields[0] === code,
  )
  return about.find((text) => text.written_by !== null) ?? about[0]
}

export function textToRead(texts: readonly TextThere[], form: Form, field: FormField): FormText {
  const found = findText(texts, form, field)
  if (found === undefined)
    return { feature: featureOfField(form, field), version: 0, ...ownText(form, field) }
  const { feature, version, words } = found
  return { feature, version, rendered: { "zh-CN": words["zh-CN"].rendered, en: words.en.rendered } }
}

const served: Words = { "zh-CN": "照样办理，其他服务不变", en: "you are served all the same" }

/** The form's own sentence as a consent text. */
export function ownText(form: Form, field: FormField) {
  const { label, service } = form.purpose
  const wordsIn = (language: Language) => ({
    name: `${label[language]} · ${field.label[language]}`,
    text: field.sentence?.[language] ?? "",
    use: service[language],
    without: served[language],
  })
  const words: TextsByLanguage = { "zh-CN": wordsIn("zh-CN"), en: wordsIn("en") }
  const rendered = {
    "zh-CN": renderText(words["zh-CN"], [field.label], "zh-CN"),
    en: renderText(words.en, [field.label], "en"),
  }
  const hashes = { "zh-CN": hashOfText(rendered["zh-CN"]), en: hashOfText(rendered.en) }
  return { words, rendered, hashes }
}
