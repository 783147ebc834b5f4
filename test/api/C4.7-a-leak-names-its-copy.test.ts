/** Clauses 4.7, 8.4: a leaked list names the copy it came from; an innocent list names nobody. The thousand: npm run score:leak. */

import { describe, expect, it } from "vitest"
import { scoreLeaks } from "../../bench/leak-score.ts"

describe("of many copies of one list", () => {
  it.each([1, 708])(
    "the right one is named from 60 rows on, and nobody for an innocent list, seed %i",
    (seed) => {
      const score = scoreLeaks({ leaks: 24, innocents: 12, copies: 40, rows: 150, seed })
      expect(score.long.right / score.long.leaks).toBeGreaterThanOrEqual(0.99)
      expect(score.long.wrong + score.short.wrong).toBe(0)
      expect(score.falselyAccused).toBe(0)
    },
  )
})
