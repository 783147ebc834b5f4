/**
 * Where a form goes once the desk stands behind it: a person into the roster, a repair or complaint into an order, the rest
 * stays a sealed record. One command each, with its trace. Clauses 2.3, 2.8, 4.3.
 */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { type FieldCode, fieldClasses } from "../catalogue/field.ts"
import type { ResidenceRole } from "../store/contract.ts"
import { takeRoster } from "../store/take.ts"
import { openOrder } from "../use/open-order.ts"
import { asked } from "./channel-gate.ts"
import { rosterFacts } from "./filled.ts"
import { readHome } from "./submission-sql.ts"

export type Outcome = "roster" | "order" | "kept"

export interface Delivery {
  readonly submissionId: string
  readonly purpose: string
  readonly channel: string
  readonly homeId: string | null
  readonly facts: Readonly<Record<string, string>>
  readonly doubts: ReadonlyArray<{ readonly field: FieldCode; readonly reason: string }>
  readonly role: ResidenceRole
}

/** A matter to be worked on is an order, with the same texts and phones. */
const orderKinds = { repair: "repair", complaint: "complaint" } as const

export function outcomeOf({
  purpose,
  homeId,
  facts,
}: Pick<Delivery, "purpose" | "homeId" | "facts">): Outcome {
  if (homeId === null) return "kept"
  if (purpose === "repair" || purpose === "complaint") return "order"
  return facts["name"] === undefined ? "kept" : "roster"
}

/** The person of the roster, where it went there. */
type Beside = (command: Command, outcome: Outcome, personId?: string) => Promise<void>

/** `beside` is written with it: for a roster entry and a kept record in the same transaction, for an order right after. */
export async function deliver(
  house: House,
  actor: Actor,
  { delivery, beside }: { delivery: Delivery; beside: Beside },
): Promise<Outcome> {
  const outcome = outcomeOf(delivery)
  if (outcome === "roster") await enterRoster(house, actor, { delivery, beside })
  else await serve(house, actor, { delivery, beside, outcome })
  return outcome
}

async function serve(
  house: House,
  actor: Actor,
  { delivery, beside, outcome }: { delivery: Delivery; beside: Beside; outcome: Outcome },
): Promise<void> {
  const { purpose, homeId, submissionId, facts } = delivery
  if (outcome === "order" && homeId !== null) {
    const kind = purpose === "repair" ? orderKinds.repair : orderKinds.complaint
    const phone = facts["phone"] ?? facts["landline"]
    // Under the form's own id: sent again, it opens no second order.
    await openOrder(house, actor, { orderId: submissionId, kind, homeId, phone, text: facts[kind] ?? "" })
  }
  await act(house.spine, actor, async (command) => {
    await beside(command, outcome)
    command.trace({ act: `form.${outcome}`, clause: "2.3", purpose, fields: Object.keys(facts) })
  })
}

async function enterRoster(
  house: House,
  actor: Actor,
  { delivery, beside }: { delivery: Delivery; beside: Beside },
): Promise<void> {
  const { purpose, channel, homeId, role, doubts, facts } = delivery
  const home = homeId === null ? undefined : await readHome(asked(house, actor), actor.communityId, homeId)
  if (home === undefined) throw new Refusal("thing.absent")
  const kept = rosterFacts({ facts })
  const taken = doubts.filter(({ field }) => kept[field] !== undefined)
  await takeRoster(house, intoRoster(actor), {
    entries: [{ home, role, company: false, facts: kept, doubts: taken, validFrom: null, row: 1 }],
    source: { purpose, channel, importId: null },
    alongside: (command, _taken, [personId]) => beside(command, "roster", personId),
  })
}

/**
 * The roster is written with a manager's right (0004). A form that has passed its own rules is written with it too, for
 * this one command and within the buildings of whoever took it; the trace names them and their own post.
 */
function intoRoster(actor: Actor): Actor {
  const { context } = actor
  return {
    ...actor,
    context: { ...context, posts: `${context.posts},manager`, classes: fieldClasses.join(",") },
  }
}
