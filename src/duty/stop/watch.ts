/** Sees every refusal go out, and writes down those that stopped somebody who asked for too much. Clause 2.4. */

import { z } from "zod"
import { numberId } from "../../base/id.ts"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import { standingRule } from "../../lifecycle/catalogue/regime.ts"
import type { Regime } from "../../lifecycle/catalogue/regime-shape.ts"
import type { Refused } from "../../platform/http.ts"
import { posts } from "../people/post.ts"
import { channelOf, fieldCodeOf, isStop, purposeCodeOf } from "./attempt.ts"
import { type Attempted, recordAttempt } from "./record-attempt.ts"

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
  return async (refused) => {
    if (!isStop(refused.refusal)) return
    const { data: where } = place.safeParse(refused.request.params)
    if (where === undefined) return
    const actor = await hereOnly(() => house.door.actor(refused.request, where.communityId, posts))
    if (actor !== undefined) await recordAttempt(house, actor, attemptOf(house.regime(), refused))
  }
}

/** What the refusal names, else what the request does; codes only. */
function attemptOf(regime: Regime, { refusal, request }: Refused): Attempted {
  const { purpose, field, kind } = asked.parse(request.body)
  const channel = channelOf(request.routeOptions.url ?? "")
  const usual = kind === undefined ? ofImport[channel] : standingRule(regime, kind)?.purpose
  return {
    channel,
    purpose: purposeCodeOf(regime, refusal.facts["purpose"] ?? purpose ?? usual),
    field: fieldCodeOf(regime, refusal.facts["field"] ?? field),
    reason: refusal.code,
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
