/** A lesson tells a case without persons. Clauses 2.4, 3.12. */

import { Refusal } from "../../base/refusal.ts"

/** Longer than a year, shorter than any number of a person. */
const longNumber = /[\d０-９〇零一二三四五六七八九]{5,}/u

/** Throws `lesson.names_somebody` for a colleague's name, or a number that could be a person's. */
export function refusePersons(texts: readonly string[], names: readonly string[]): void {
  const bare = texts.map((text) => text.replaceAll(/[\s\-‐–—.·]/g, ""))
  const isNamed = names.some((name) => name.length > 1 && bare.some((text) => text.includes(name)))
  if (isNamed || bare.some((text) => longNumber.test(text))) throw new Refusal("lesson.names_somebody")
}
