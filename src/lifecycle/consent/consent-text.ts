/** The text somebody reads before they answer: rendered to the letter, and its hash. Clause 2.6. */

import { sha256 } from "../../ledger/sha256.ts"
import type { Words } from "../catalogue/field.ts"

export const languages = ["zh-CN", "en"] as const
export type Language = (typeof languages)[number]

/** In one language: the feature's name, the request, what the data is for, what happens without. Clause 2.5. */
export interface TextWords {
  readonly name: string
  readonly text: string
  readonly use: string
  readonly without: string
}

export type TextsByLanguage = Readonly<Record<Language, TextWords>>

type Heading = "fields" | "use" | "without" | "valid" | "sep"

/** From the yes on. */
const days: Readonly<Record<Language, (count: number) => string>> = {
  "zh-CN": (count) => `自同意起 ${String(count)} 天`,
  en: (count) => `${String(count)} ${count === 1 ? "day" : "days"} from your yes`,
}

const headings: Readonly<Record<Language, Record<Heading, string>>> = {
  "zh-CN": { fields: "信息项", use: "用于", without: "不同意也没关系", valid: "有效期", sep: "、" },
  en: { fields: "Data", use: "Used for", without: "If you say no", valid: "Valid for", sep: ", " },
}

/** `validDays`: how long a yes holds, which is said where it is so. */
export type TextToRender = TextWords & { readonly validDays?: number | null }

/** What is shown, printed and hashed: the same letters everywhere. */
export function renderText(words: TextToRender, fields: readonly Words[], language: Language): string {
  const heading = headings[language]
  const colon = language === "en" ? ": " : "："
  const { validDays = null } = words
  const validity = validDays === null ? [] : [`${heading.valid}${colon}${days[language](validDays)}`]
  return [
    words.name,
    words.text,
    `${heading.fields}${colon}${fields.map((label) => label[language]).join(heading.sep)}`,
    `${heading.use}${colon}${words.use}`,
    `${heading.without}${colon}${words.without}`,
    ...validity,
  ]
    .map((line) => line.normalize("NFC").trim())
    .join("\n")
}

/** SHA-256 of the rendered text in UTF-8, hexadecimal. */
export function hashOfText(rendered: string): string {
  return [...sha256(new TextEncoder().encode(rendered))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
}
