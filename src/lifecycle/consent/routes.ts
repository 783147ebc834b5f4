/** Consent: texts, persons, uses that run on it. Clauses 2.5–2.7, 2.10, 7.2. */

import type { House } from "../../house.ts"
import type { Http } from "../../platform/http.ts"
import { personConsentRoutes } from "./person-routes.ts"
import { consentRunRoutes } from "./run-routes.ts"
import { consentTextRoutes } from "./text-routes.ts"

export function consentRoutes(http: Http, house: House): void {
  consentTextRoutes(http, house)
  personConsentRoutes(http, house)
  consentRunRoutes(http, house)
}
