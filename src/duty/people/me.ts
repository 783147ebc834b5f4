/** What a person is told of themselves: posts, reach, what is still owed. Clauses 3.8, 4.1. */

import { visibleClasses } from "../../lifecycle/catalogue/regime.ts"
import type { Regime } from "../../lifecycle/catalogue/regime-shape.ts"
import type { Me } from "./contract.ts"
import { reachIn } from "./reach.ts"
import { mustEnrol, type Session } from "./session.ts"

export function meOf(regime: Regime, session: Session, now: number): Me {
  return {
    staffId: session.staffId,
    name: session.name,
    login: session.login,
    company: session.company,
    mustChangePassword: session.mustChangePassword,
    mustEnrolSecondFactor: mustEnrol(regime, session, now),
    hasSecondFactor: session.hasSecondFactor,
    reaches: session.communities.flatMap(({ communityId, name, demonstration }) => {
      const reach = reachIn(session.appointments, communityId, now)
      if (reach === undefined) return []
      return {
        communityId,
        communityName: name,
        demonstration,
        posts: [...reach.posts],
        buildingIds: reach.buildingIds === null ? null : [...reach.buildingIds],
        classes: [...new Set(reach.posts.flatMap((post) => visibleClasses(regime, post)))],
      }
    }),
  }
}
