/** A call of each route of emergencies, in order, with the act of its trace. Clauses 3.12, 4.9. */

import { endEmergency, lookIn, readEmergency, review, tell, tryBreak, withPassword } from "./emergencies.ts"
import { send, type TestStaff } from "./house.ts"
import { at, type Desk } from "./orders.ts"

interface Hands {
  readonly desk: () => Desk
  readonly officer: () => TestStaff
}

export function emergencySamples({ desk, officer }: Hands) {
  const here = "/api/communities/:communityId/emergencies"
  const known: { clerk?: TestStaff; id: string } = { id: "" }
  const clerk = async () => (known.clerk ??= await withPassword(desk(), "clerk"))
  return [
    {
      route: `POST ${here}`,
      act: "emergency.break",
      call: async () => {
        desk().test.time.ahead += 61_000
        const reply = await tryBreak(desk(), await clerk())
        known.id = String(reply.body["emergencyId"])
        return reply
      },
    },
    {
      route: `GET ${here}`,
      act: "emergency.list",
      call: async () => send(desk().test, `GET ${at(desk(), "/emergencies")}`, { as: await clerk() }),
    },
    {
      route: `GET ${here}/:emergencyId`,
      act: "emergency.read",
      call: async () => readEmergency(desk(), await clerk(), known.id),
    },
    {
      route: `POST ${here}/:emergencyId/look`,
      act: "use.look",
      call: async () => lookIn(desk(), await clerk(), { id: known.id }),
    },
    {
      route: `POST ${here}/:emergencyId/end`,
      act: "emergency.end",
      call: async () => endEmergency(desk(), await clerk(), known.id),
    },
    {
      route: `POST ${here}/:emergencyId/reviews`,
      act: "emergency.justified",
      call: () => review(desk(), officer(), known.id),
    },
    {
      route: `POST ${here}/:emergencyId/told`,
      act: "emergency.told",
      call: () => tell(desk(), officer(), known.id, Date.now() + desk().test.time.ahead),
    },
  ]
}
