/** The red-line counter: one's own, and everybody's for whoever answers for it. Clause 4.8. */

import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { capsOf } from "../catalogue/approvals-v1.ts"
import { mosaicOf } from "../catalogue/mosaic-v1.ts"
import * as contract from "./cap-contract.ts"
import type { Gauge } from "./cap-meter.ts"
import { listLookers } from "./sql.ts"

const officers: readonly Post[] = ["manager", "privacy_officer", "auditor"]

export function capRoutes(http: Http, { spine, door, caps, regime }: House): void {
  http.on(contract.readMeter, async ({ request }) => {
    const { staffId } = await door.person(request)
    const [gauges, exposures] = await Promise.all([caps.gauges([staffId]), caps.ownExposure(staffId)])
    const { days, applyAt, refuseAt } = mosaicOf(regime())
    const beyond = exposures.filter((exposure) => exposure >= applyAt).length
    return {
      days: capsOf(regime()).days,
      gauges: [...(gauges.get(staffId) ?? [])],
      mosaic: { days, applyAt, refuseAt, most: exposures[0] ?? 0, beyond },
    }
  })

  http.on(contract.listCaps, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, officers)
    return look(spine, actor, async (reader) => {
      const staff = await listLookers(reader, params.communityId)
      const gauges = await caps.gauges(staff.map((one) => one.staff_id))
      const people = staff
        .map((one) => ({
          staffId: one.staff_id,
          name: one.name,
          gauges: [...(gauges.get(one.staff_id) ?? [])],
        }))
        .toSorted((a, b) => closest(b.gauges) - closest(a.gauges))
      return { trace: { act: "cap.list", clause: "4.8" }, answer: { days: capsOf(regime()).days, people } }
    })
  })
}

function closest(gauges: readonly Gauge[]): number {
  return Math.max(0, ...gauges.map(({ count, limit }) => count / limit))
}
