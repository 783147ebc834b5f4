/** A consent text while it is written. */

import type { RegimeView } from "../../../lifecycle/catalogue/contract.ts"
import type { ConsentText } from "../../../lifecycle/consent/contract.ts"

export const wordParts = ["name", "text", "use", "without"] as const
export type WordPart = (typeof wordParts)[number]

export const longest: Readonly<Record<WordPart, number>> = { name: 40, text: 2_000, use: 400, without: 400 }

type Words = Record<WordPart, string>

export interface Draft {
  feature: string
  purpose: string
  fields: string[]
  words: { "zh-CN": Words; en: Words }
  coolDownDays: number
  validDays: number | null
}

const empty: Words = { name: "", text: "", use: "", without: "" }
const usualCoolDownDays = 90

export function draftOf(text: ConsentText | undefined): Draft {
  if (text === undefined)
    return {
      feature: "",
      purpose: "",
      fields: [],
      words: { "zh-CN": empty, en: empty },
      coolDownDays: usualCoolDownDays,
      validDays: null,
    }
  const { feature, purpose, fields, words, coolDownDays, validDays } = text
  const bare = (language: "zh-CN" | "en"): Words => {
    const { name, text: request, use, without } = words[language]
    return { name, text: request, use, without }
  }
  return {
    feature,
    purpose,
    fields: [...fields],
    words: { "zh-CN": bare("zh-CN"), en: bare("en") },
    coolDownDays,
    validDays,
  }
}

export function purposeOf(regime: RegimeView, code: string) {
  return regime.purposes.find((one) => one.code === code)
}

/** A first wording out of the regime, to be made better. */
export function startDraft(regime: RegimeView, code: string, taken: readonly string[]): Draft {
  const purpose = purposeOf(regime, code)
  const label = purpose?.label ?? { "zh-CN": "", en: "" }
  const service = purpose?.service ?? { "zh-CN": "", en: "" }
  return {
    feature: freeCode(code, taken),
    purpose: code,
    fields: [],
    words: {
      "zh-CN": {
        name: label["zh-CN"],
        text: `为了${service["zh-CN"]}，我们想使用您的以下信息。`,
        use: service["zh-CN"],
        without: "不影响您享受的任何服务",
      },
      en: {
        name: label.en,
        text: `We would like to use the following of your data. What for: ${service.en}.`,
        use: service.en,
        without: "every service stays the same",
      },
    },
    coolDownDays: usualCoolDownDays,
    validDays: null,
  }
}

/** The purpose's own code, or the next one: `greeting`, `greeting_2`. */
function freeCode(purpose: string, taken: readonly string[]): string {
  const numbers = Array.from({ length: taken.length + 1 }, (_, index) => index + 1)
  const codes = numbers.map((count) => (count === 1 ? purpose : `${purpose}_${String(count)}`))
  return codes.find((code) => !taken.includes(code)) ?? purpose
}

export function isWhole({ purpose, fields, words }: Draft): boolean {
  const texts = [words["zh-CN"], words.en].flatMap((one) => wordParts.map((part) => one[part]))
  return purpose !== "" && fields.length > 0 && texts.every((text) => text.trim() !== "")
}
