/** Sees every refusal go out, and writes down those that stopped somebody who asked for too much. Clause 2.4. */

import { z } from "zod"
import { numberId } from "../../base/id.ts"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import { standingRule } from "../../lifecycle/catalogue/regime.ts"
import type { Refused } from "../../platform/http.ts"
import { posts } from "../people/post.ts"
import { channelOf, fieldCodeOf, isStop, purposeCodeOf } from "./attempt.ts"
import { recordAttempt } from "./record-attempt.ts"

const place = z.object({ communityId: numberId })
const asked = z
  .object({
    purpose: z.string().optional(),
    field: z.string().optional(),
    kind: z.enum(["repair", "complaint", "parking"]).optional(),
  })
  .catch({})

/** One place for all ways in: a slice refuses as it does, and the attempt is written down before the answer leaves. */
export function watchAttempts(house: House): (refused: Refused) => Promise<void> {
  return async ({ refusal, request }) => {
    if (!isStop(refusal)) return
    const { data: where } = place.safeParse(request.params)
    if (where === undefined) return
    const actor = await hereOnly(() => house.door.actor(request, where.communityId, posts))
    if (actor === undefined) return
    const { purpose, field, kind } = asked.parse(request.body)
    const route = request.routeOptions.url ?? ""
    const channel = channelOf(route)
    const regime = house.regime()
    const ofOrder = kind === undefined ? undefined : standingRule(regime, kind)?.purpose
    await recordAttempt(house, actor, {
      channel,
      purpose: purposeCodeOf(regime, refusal.facts["purpose"] ?? purpose ?? ofOrder ?? ofImport[channel]),
      field: fieldCodeOf(regime, refusal.facts["field"] ?? field),
      reason: refusal.code,
    })
  }
}

/** A roster registers who moves in. */
const ofImport: Readonly<Partial<Record<string, string>>> = { import: "move_in" }

/** Undefined for whoever is not signed in, or has no post in the community: nobody here asked. */
async function hereOnly(find: () => Promise<Actor>): Promise<Actor | undefined> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
