/** Everything about people: who they are, how they sign in, what they may. Clauses 4.1, 6.1, 6.3. */

import type { House } from "../../house.ts"
import type { Http } from "../../platform/http.ts"
import { appointmentRoutes } from "./appointment-routes.ts"
import { type DemonstrationRoom, demonstrationRoutes } from "./demonstration-routes.ts"
import { type RecoveryRoom, recoveryRoutes } from "./recovery-routes.ts"
import { secondFactorRoutes } from "./second-factor-routes.ts"
import { sessionRoutes } from "./session-routes.ts"
import { setupRoutes } from "./setup-routes.ts"
import { type SignInDoor, signInRoutes } from "./sign-in-routes.ts"
import { staffRoutes } from "./staff-routes.ts"
import { suspensionRoutes } from "./suspension-routes.ts"

/** What the people slice needs beside the house. */
export interface PeopleRoom extends SignInDoor, DemonstrationRoom, RecoveryRoom {}

export function peopleRoutes(http: Http, house: House, room: PeopleRoom): void {
  setupRoutes(http, house, room)
  demonstrationRoutes(http, house, room)
  signInRoutes(http, house, room)
  sessionRoutes(http, house, room.auth)
  secondFactorRoutes(http, house, room.auth)
  staffRoutes(http, house, room.auth)
  suspensionRoutes(http, house)
  appointmentRoutes(http, house, room.auth)
  recoveryRoutes(http, house, room)
}
