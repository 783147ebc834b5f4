/** The excess meter and purge plans over HTTP. Clauses 2.3, 5.1, 5.2. */

import { z } from "zod"
import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import type { Http } from "../../platform/http.ts"
import * as contract from "./contract.ts"
import { isSameLine } from "./excess.ts"
import { readMeter } from "./meter.ts"
import { listPlans, nextNumber, type PlanRow, readPlan, type Stamp, writePlan, writePlanEnd } from "./sql.ts"

const readers: readonly Post[] = ["privacy_officer", "manager", "auditor"]
const officers: readonly Post[] = ["privacy_officer"]
const signers: readonly Post[] = ["privacy_officer", "manager"]
const uniqueViolation = "23505"

export function excessRoutes(http: Http, house: House): void {
  const { door } = house

  http.on(contract.readExcess, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, readers)
    return readMeter(house, actor.communityId)
  })

  http.on(contract.listPlans, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, readers)
    const rows = await listPlans(readerOf(house, actor), actor.communityId)
    return { plans: rows.map(summaryOf) }
  })

  http.on(contract.readPlan, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, readers)
    return readView(house, actor, params.planId)
  })

  http.on(contract.drawPlan, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, officers)
    await drawUp(house, actor, body)
    return readView(house, actor, body.planId)
  })

  http.on(contract.signPlan, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, signers)
    await end(house, actor, { planId: params.planId, outcome: "handed_over", digest: body.digest })
    return readView(house, actor, params.planId)
  })

  http.on(contract.withdrawPlan, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, officers)
    await end(house, actor, { planId: params.planId, outcome: "withdrawn" })
    return readView(house, actor, params.planId)
  })
}

type Body = z.infer<NonNullable<typeof contract.drawPlan.body>>

/** With the counts of this moment. Throws `purge.changed` when a line is not in the meter any more. */
async function drawUp(house: House, actor: Actor, { planId, lines: asked }: Body): Promise<void> {
  const { communityId } = actor
  const meter = await readMeter(house, communityId)
  const lines = meter.lines.filter((line) => asked.some((one) => isSameLine(one, line)))
  await act(house.spine, actor, async (command) => {
    const known = await readPlan(command, communityId, planId)
    if (known !== undefined && known.by_staff !== actor.staffId) throw new Refusal("thing.absent")
    if (known === undefined) {
      if (asked.some((one) => !lines.some((line) => isSameLine(one, line))))
        throw new Refusal("purge.changed")
      const day = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(command.now)
      const number = await nextNumber(command, communityId, day)
      const plan = { planId, number, regimeVersion: meter.regimeVersion, lines }
      await writePlan(command, plan, stampOf(command, actor))
    }
    command.trace({ act: "purge.draw", clause: "5.1", fields: fieldsOf(lines) })
  })
}

interface End {
  readonly planId: string
  readonly outcome: "handed_over" | "withdrawn"
  readonly digest?: string
}

/** Throws `purge.own` for whoever drew it up and would sign it, `purge.ended`, `purge.changed`. */
async function end(house: House, actor: Actor, { planId, outcome, digest }: End): Promise<void> {
  const ended = act(house.spine, actor, async (command) => {
    const plan = await readPlan(command, actor.communityId, planId)
    if (plan === undefined) throw new Refusal("thing.absent")
    if (plan.outcome !== null) throw new Refusal("purge.ended")
    if (outcome === "handed_over" && plan.by_staff === actor.staffId) throw new Refusal("purge.own")
    if (digest !== undefined && digest !== plan.digest.toString("hex")) throw new Refusal("purge.changed")
    await writePlanEnd(command, { plan, outcome }, stampOf(command, actor))
    const verb = outcome === "handed_over" ? "purge.sign" : "purge.withdraw"
    command.trace({ act: verb, clause: "5.2", fields: fieldsOf(linesOf(plan)) })
  })
  await ended.catch((error: unknown) => {
    // Two that end it at the same moment meet at its key.
    throw sqlState(error) === uniqueViolation ? new Refusal("purge.ended") : error
  })
}

function stampOf(command: Command, { communityId, staffId, post }: Actor): Stamp {
  return { communityId, staffId, post, at: new Date(command.now).toISOString() }
}

function readerOf({ spine }: House, { context }: Actor): Pick<Command, "query"> {
  return { query: (text, values = []) => spine.database.read(context, text, values) }
}

async function readView(house: House, actor: Actor, planId: string): Promise<contract.PlanDetail> {
  const row = await readPlan(readerOf(house, actor), actor.communityId, planId)
  if (row === undefined) throw new Refusal("thing.absent")
  const digest = row.digest.toString("hex")
  return { ...summaryOf(row), regimeVersion: row.regime_version, lines: linesOf(row), digest }
}

function summaryOf(row: PlanRow): contract.PlanSummary {
  const lines = linesOf(row)
  return {
    planId: row.plan_id,
    number: row.number,
    state: row.outcome ?? "drawn",
    fields: fieldsOf(lines),
    count: lines.reduce((sum, { count }) => sum + count, 0),
    drawnBy: { staffId: row.by_staff, name: row.by_name, post: row.by_post },
    drawnAt: row.at.toISOString(),
    endedBy:
      row.ended_by === null
        ? null
        : { staffId: row.ended_by, name: row.ended_name ?? "", post: row.ended_post ?? "" },
    endedAt: row.ended_at?.toISOString() ?? null,
  }
}

function linesOf({ lines }: PlanRow): contract.ExcessLine[] {
  return z.array(contract.excessLine).parse(lines)
}

function fieldsOf(lines: readonly contract.ExcessLine[]): string[] {
  return [...new Set(lines.map(({ field }) => field))]
}
