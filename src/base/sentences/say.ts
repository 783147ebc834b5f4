import type { RefusalFacts } from "../refusal.ts"
import type { RefusalCode } from "../refusal-codes.ts"
import { en } from "./en.ts"
import { zhCN } from "./zh-CN.ts"

export type SentenceLanguage = "zh-CN" | "en"

const sentences = { "zh-CN": zhCN, en } as const

/**
 * The sentence of a refusal in the reader's language, with its facts filled in.
 * A part in [brackets] stays only when every fact it names is given; a limit carries its own unit ("50 MB").
 * Facts are put in as plain text: whoever shows the sentence as HTML escapes it.
 */
export function say(language: SentenceLanguage, code: RefusalCode, facts: RefusalFacts): string {
  return sentences[language][code].replace(/\[([^\]]*)\]/g, (_whole, part: string) => fill(part, facts))
}

function fill(part: string, facts: RefusalFacts): string {
  const names = [...part.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "")
  if (!names.every((name) => Object.hasOwn(facts, name))) return ""
  return part.replace(/\{(\w+)\}/g, (_whole, name: string) => String(facts[name]))
}
