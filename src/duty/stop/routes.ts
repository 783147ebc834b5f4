/** What was stopped on the spot, what was learnt from it, and who may propose. Clauses 2.4, 6.2. */

import type { House } from "../../house.ts"
import type { Http } from "../../platform/http.ts"
import { attemptRoutes, lessonRoutes } from "./attempt-routes.ts"
import { type LiveAttempts, liveRoutes } from "./live-routes.ts"
import { proposalRoutes, trainingRoutes } from "./proposal-routes.ts"

export function stopRoutes(http: Http, house: House): LiveAttempts {
  attemptRoutes(http, house)
  lessonRoutes(http, house)
  proposalRoutes(http, house)
  trainingRoutes(http, house)
  return liveRoutes(http, house)
}
