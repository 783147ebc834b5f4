/** Kinds that are closed: no emergency opens them, whoever asks. Clause 4.9. */

import { fieldOf } from "./field.ts"

/** What is sensitive (identity number, children, lives alone) or apart (trajectory, health, faces); what the catalogue does not know, too. */
export function isClosedKind(code: string): boolean {
  return fieldOf(code).sensitivity !== "general"
}
