/** A call of each route that draws up, signs or withdraws a purge plan, with the act it leaves. */

import { randomUUID } from "node:crypto"
import { send, type TestStaff } from "./house.ts"
import { at, type Desk, done } from "./orders.ts"

/** What the samples make, for those who read it after them. */
export const purgeSample = { planId: randomUUID() } as const

export function purgeSamples({ desk, as }: { desk: () => Desk; as: () => TestStaff }) {
  const community = "/api/communities/:communityId"
  const post = (path: string, body: object, by: TestStaff) =>
    send(desk().test, `POST ${at(desk(), path)}`, { as: by, body })
  /** The plates that nobody asked consent for. */
  const draw = async (planId: string) => {
    const meter = done(await send(desk().test, `GET ${at(desk(), "/excess")}`, { as: as() })).body
    return post("/purge-plans", { planId, lines: meter["lines"] }, as())
  }
  return [
    { route: `POST ${community}/purge-plans`, act: "purge.draw", call: () => draw(purgeSample.planId) },
    {
      route: `POST ${community}/purge-plans/:planId/signature`,
      act: "purge.sign",
      call: async () => {
        const { planId } = purgeSample
        const plan = await send(desk().test, `GET ${at(desk(), `/purge-plans/${planId}`)}`, { as: as() })
        const body = { digest: plan.body["digest"] }
        return post(`/purge-plans/${planId}/signature`, body, desk().manager)
      },
    },
    {
      route: `POST ${community}/purge-plans/:planId/withdrawal`,
      act: "purge.withdraw",
      call: async () => {
        const planId = randomUUID()
        done(await draw(planId))
        return post(`/purge-plans/${planId}/withdrawal`, {}, as())
      },
    },
  ]
}
