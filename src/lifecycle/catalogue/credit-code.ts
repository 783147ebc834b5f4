/** Unified social credit codes of organisations, GB 32100. Public: nobody's personal data. */

import { creditCheck } from "./check-digits.ts"
import { compact } from "./normalise.ts"

/** The canonical code, or undefined when its form or its check character is wrong. */
export function creditCode(raw: string): string | undefined {
  const code = compact(raw)
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(code)) return undefined
  return creditCheck(code.slice(0, 17)) === code.charAt(17) ? code : undefined
}
