/** Watchfulness as the product begins with it. Found on simulated staff: `npm run score:watch`. Clauses 4.8, 6.4. */

import { overlaid, remembered } from "./own-limits.ts"
import type { Regime } from "./regime-shape.ts"
import type { WatchRules } from "./watch-shape.ts"

const watchV1: WatchRules = {
  off: [],
  quietDays: 30,
  orderWithinHours: 2,
  orderHeldDays: 3,
  ownHome: { times: 1, days: 30 },
  relative: { times: 1, days: 30 },
  colleague: { times: 4, days: 60 },
  neighbour: { times: 3, days: 60 },
  ownWeight: 0.5,
  chance: 0.02,
  repeated: { times: 4, days: 45 },
  patient: { times: 6, days: 365, spanDays: 120 },
  offDuty: { times: 3, days: 90, night: [22, 7], habitDays: 3 },
  noOrder: { times: 35, days: 7, share: 0.3 },
  probe: { times: 10, minutes: 120 },
  run: { homes: 8, minutes: 60 },
  haste: { times: 5, days: 14, seconds: 5, unbroken: 60, copied: 12 },
  nearCaps: { share: 0.8 },
}

export const watchOf = remembered(({ watch, own }: Pick<Regime, "watch" | "own">): WatchRules => {
  const rules = overlaid(watch ?? watchV1, "watch", own)
  return { ...rules, off: own?.off ?? rules.off }
})
