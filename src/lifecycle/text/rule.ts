/**
 * Deciding about a finding: the officer says what, the server's own hand opens the record and does it. The officer never sees
 * what was found, only its neighbourhood, masked. Clauses 2.9, 3.10.
 */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command, look } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import type { Facts } from "../../vault/record.ts"
import { type FieldCode, fieldClasses } from "../catalogue/field.ts"
import { mask } from "../catalogue/mask.ts"
import { type Reworded, rewordRecord } from "../store/reword.ts"
import { movableTo, moveOut, type Target } from "../use/move-out.ts"
import type { Glimpse } from "./contract.ts"
import type { Finding } from "./finding.ts"
import type { Kept } from "./kept.ts"
import { type FindingRow, readFinding, readText, writeRuling } from "./ruling-sql.ts"
import { openText } from "./scan.ts"
import { glimpseOf, homeOf, maskKind } from "./stored-text.ts"

export type Verdict =
  | { readonly verdict: "mask" | "move" }
  | { readonly verdict: "keep"; readonly reason: Kept["reason"] }

const uniqueViolation = "23505"

/** The officer's name and post, the server's reach: an officer's level opens no service record. */
function handOf(actor: Actor): Actor {
  const posts = "privacy_officer,manager"
  return {
    ...actor,
    context: { ...actor.context, buildings: "*", classes: fieldClasses.join(","), posts },
  }
}

/** The neighbourhood of what was found, masked. A look: traced before it is answered. */
export function glimpseAt(house: House, actor: Actor, findingId: string): Promise<Glimpse> {
  const hand = handOf(actor)
  const { communityId } = actor
  return look(house.spine, hand, async (reader) => {
    const trace = { act: "text.glimpse", clause: "2.9" }
    const finding = await readFinding(asReader(reader), communityId, findingId)
    if (finding === undefined) return { trace, refusal: new Refusal("thing.absent") }
    const row = await readText(asReader(reader), communityId, idOf(finding))
    const facts = (row && (await openText(house, hand, row))) ?? {}
    const asked = { regime: house.regime(), orderId: finding.order_id, field: homeOf(finding.kind) }
    const { unmovable } = await movableTo(asReader(reader), communityId, asked)
    const filled = asked.field !== undefined && facts[asked.field] !== undefined
    return {
      trace: { ...trace, subjects: subjectsOf(finding), fields: [finding.kind] },
      answer: { words: glimpseOf(facts, finding), unmovable: unmovable ?? (filled ? "filled" : null) },
    }
  })
}

function asReader({ query }: Pick<Command, "query">): Pick<Command, "query"> {
  return { query: (text, values = []) => query(text, values) }
}

/** Throws `text.ruled_on`, `text.unmovable`, `thing.absent`. */
export async function ruleOn(
  house: House,
  actor: Actor,
  { findingId, ...said }: Verdict & { readonly findingId: string },
): Promise<void> {
  const hand = handOf(actor)
  const ruled = act(house.spine, hand, async (command) => {
    const finding = await readFinding(command, actor.communityId, findingId)
    if (finding === undefined) throw new Refusal("thing.absent")
    if (finding.verdict !== null) throw new Refusal("text.ruled_on")
    const changed = await carryOut({ house, hand, command }, finding, said.verdict)
    await writeRuling(command, actor.communityId, {
      findingId,
      verdict: said.verdict,
      reason: said.verdict === "keep" ? said.reason : null,
      changed,
      by: actor.staffId,
      post: actor.post,
      at: new Date(command.now).toISOString(),
    })
    command.trace({
      act: `text.${said.verdict}`,
      clause: "2.9",
      subjects: subjectsOf(finding),
      fields: [finding.kind],
    })
  })
  await ruled.catch((error: unknown) => {
    throw sqlState(error) === uniqueViolation ? new Refusal("text.ruled_on") : error
  })
}

interface Work {
  readonly house: House
  readonly hand: Actor
  readonly command: Command
}

/** How many places of the text were changed. */
async function carryOut(work: Work, finding: FindingRow, verdict: Verdict["verdict"]): Promise<number> {
  if (verdict === "keep") return 0
  if (verdict === "move") return carryMove(work, finding)
  let count = 0
  await rewordRecord(
    { ...work, actor: work.hand },
    {
      ...idOf(finding),
      change: (facts) => {
        const { masked, facts: reworded } = maskKind(facts, finding)
        count = masked.length
        return count === 0 ? undefined : { facts: reworded }
      },
    },
  )
  return count
}

async function carryMove(work: Work, finding: FindingRow): Promise<number> {
  const { house, hand, command } = work
  const field = homeOf(finding.kind)
  const asked = { regime: house.regime(), orderId: finding.order_id, field }
  const { unmovable, purpose } = await movableTo(command, hand.communityId, asked)
  if (unmovable !== null || field === undefined || finding.order_id === null)
    throw new Refusal("text.unmovable")
  const at = new Date(command.now).toISOString()
  let count = 0
  let shown = ""
  await rewordRecord(
    { ...work, actor: hand },
    {
      ...idOf(finding),
      change: (facts) => {
        const move = moveWithin(facts, finding, {
          field,
          origin: { purpose, channel: "desk", at, importId: null },
        })
        if (move === undefined) throw new Refusal("text.unmovable")
        ;({ count, shown } = move)
        return move.reworded
      },
    },
  )
  if (count === 0) throw new Refusal("text.unmovable")
  const moved = { orderId: finding.order_id, subjectId: finding.subject_id, field, mask: shown }
  await moveOut(command, hand, moved)
  return count
}

interface Move {
  readonly field: Target
  readonly origin: { purpose: string; channel: string; at: string; importId: null }
}

/** Undefined when the field has a value already, or nothing there can be read. */
function moveWithin(
  facts: Facts,
  finding: FindingRow,
  { field, origin }: Move,
): { reworded: Reworded; count: number; shown: string } | undefined {
  const { masked, facts: reworded } = maskKind(facts, finding)
  const values = [...new Set(masked.flatMap(({ value }) => (value === null ? [] : [value])))]
  const [first] = values
  if (first === undefined || facts[field] !== undefined) return undefined
  const masks = values.map((value) => mask(codeOf(field, masked, value), value))
  return {
    reworded: {
      facts: { ...reworded, [field]: values.length === 1 ? first : values },
      masks: { [field]: masks },
      origins: { [field]: origin },
    },
    count: masked.length,
    shown: masks[0] ?? "",
  }
}

function codeOf(field: Target, masked: readonly Finding[], value: string): FieldCode {
  return masked.some((one) => one.value === value && one.kind === "landline") ? "landline" : field
}

function idOf(finding: FindingRow) {
  return { subjectId: finding.subject_id, class: finding.class }
}

function subjectsOf({ subject_ref: ref }: FindingRow): string[] {
  return ref === null ? [] : [ref]
}
