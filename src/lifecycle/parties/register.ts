/** The register of third parties: entered by a manager, signed by the privacy officer, ended by either. Clause 4.10. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import { refuseUnshareable, type ScopeLine } from "../catalogue/assessed-sharing.ts"
import { isFieldCode } from "../catalogue/field.ts"
import { endOf, startOf } from "./days.ts"
import { type PartyKind, partyStateOf } from "./party.ts"
import {
  type Asked,
  areOnePerson,
  findParty,
  isStaffHere,
  type PartyRow,
  writeParty,
  writePartyEnded,
  writePartySigned,
} from "./party-sql.ts"
import { contractOf } from "./views.ts"

export interface Entry {
  readonly partyId: string
  readonly name: string
  readonly kind: PartyKind
  readonly contractNumber: string
  readonly from: string
  readonly until: string
  readonly responsible: string
  readonly scope: readonly ScopeLine[]
}

const uniqueViolation = "23505"

/** Sent again with the same id, at the same moment too, it changes nothing. */
export async function enterParty(house: House, actor: Actor, entry: Entry): Promise<void> {
  const purposes = entry.scope.map(({ purpose }) => purpose)
  if (new Set(purposes).size < purposes.length) throw new Refusal("party.purpose_twice")
  await refuseUnshareable(house, entry.scope)
  const enter = () => enterOnce(house, actor, entry)
  await enter().catch((error: unknown) => {
    if (sqlState(error) !== uniqueViolation) throw error
    return enter()
  })
}

async function enterOnce(house: House, actor: Actor, entry: Entry): Promise<void> {
  const { communityId, staffId } = actor
  await act(house.spine, actor, async (command) => {
    const at = new Date(command.now).toISOString()
    const known = await findParty(command, communityId, entry.partyId)
    if (known !== undefined && known.entered_by !== staffId) throw new Refusal("thing.absent")
    if (known === undefined) {
      const [validFrom, validUntil] = [startOf(entry.from), endOf(entry.until)]
      if (validUntil <= validFrom || validUntil <= command.now) throw new Refusal("party.dates")
      if (!(await isStaffHere(command, communityId, { staffId: entry.responsible, at })))
        throw new Refusal("party.nobody")
      const party = {
        ...entry,
        validFrom: new Date(validFrom).toISOString(),
        validUntil: new Date(validUntil).toISOString(),
      }
      await writeParty(command, communityId, { party, by: { staffId, at } })
    }
    command.trace({ act: "party.enter", clause: "4.10", fields: fieldsOf(entry.scope) })
  })
}

/** Whether the assessment is live is asked again: a review day may have gone by. */
export async function signParty(
  house: House,
  actor: Actor,
  { partyId, verdict }: { partyId: string; verdict: "signed" | "refused" },
): Promise<void> {
  const { communityId, staffId } = actor
  const asked: Asked = {
    query: (text, values) => house.spine.database.read(actor.context, text, values ?? []),
  }
  const party = await known(asked, communityId, partyId)
  if (verdict === "signed") await refuseUnshareable(house, party.scope.map(scopeLine))
  await act(house.spine, actor, async (command) => {
    const by = { staffId, at: new Date(command.now).toISOString() }
    const isSelf =
      party.entered_by === staffId || (await areOnePerson(command, party.entered_by, staffId ?? ""))
    if (isSelf) throw new Refusal("party.own")
    const state = partyStateOf(contractOf(party), command.now)
    const isFirst =
      state === "entered" && (await writePartySigned(command, communityId, { party, verdict, by }))
    if (!isFirst) throw new Refusal("party.decided")
    const fields = fieldsOf(party.scope)
    command.trace({ act: verdict === "signed" ? "party.sign" : "party.refuse", clause: "4.10", fields })
  })
}

export async function endParty(
  { spine }: House,
  actor: Actor,
  { partyId, reason }: { partyId: string; reason: string },
): Promise<void> {
  const { communityId, staffId } = actor
  await act(spine, actor, async (command) => {
    const party = await known(command, communityId, partyId)
    const state = partyStateOf(contractOf(party), command.now)
    const by = { staffId, at: new Date(command.now).toISOString() }
    const isOver = state === "over" || state === "refused"
    if (isOver || !(await writePartyEnded(command, communityId, { partyId, reason, by })))
      throw new Refusal("party.decided")
    command.trace({ act: "party.end", clause: "4.10", fields: fieldsOf(party.scope) })
  })
}

export async function known(asked: Asked, communityId: string, partyId: string): Promise<PartyRow> {
  const party = await findParty(asked, communityId, partyId)
  if (party === undefined) throw new Refusal("thing.absent")
  return party
}

function fieldsOf(scope: readonly { readonly fields: readonly string[] }[]): string[] {
  return [...new Set(scope.flatMap(({ fields }) => fields))].toSorted()
}

function scopeLine({ purpose, fields }: PartyRow["scope"][number]): ScopeLine {
  return { purpose, fields: fields.filter(isFieldCode) }
}
