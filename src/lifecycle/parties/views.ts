/** Rows of third parties and sharings, as values of the rules and as the wire shows them. */

import type { Party, Sharing } from "./contract.ts"
import { dayOf, lastDayOf } from "./days.ts"
import { type Contract, isOverdue, partyStateOf, type SharingFacts, sharingStateOf } from "./party.ts"
import type { PartyRow } from "./party-sql.ts"
import type { ProofRow, SharingRow } from "./sharing-sql.ts"

export function contractOf(row: PartyRow): Contract {
  return {
    verdict: row.verdict,
    validFrom: row.valid_from.getTime(),
    validUntil: row.valid_until.getTime(),
    endedAt: row.ended_at?.getTime() ?? null,
  }
}

interface Signed {
  readonly staffId: string | null
  readonly name: string | null
  readonly at: Date | null
}

function signOf({ staffId, name, at }: Signed) {
  return staffId === null || name === null || at === null ? null : { staffId, name, at: at.toISOString() }
}

export function partyView(
  row: PartyRow,
  { open, overdue, now }: { open: number; overdue: number; now: number },
): Party {
  const signed = signOf({ staffId: row.signed_by, name: row.signed_name, at: row.signed_at })
  const ended = signOf({ staffId: row.ended_by, name: row.ended_name, at: row.ended_at })
  return {
    partyId: row.party_id,
    name: row.name,
    kind: row.kind,
    contractNumber: row.contract_number,
    from: dayOf(row.valid_from.getTime()),
    until: lastDayOf(row.valid_until.getTime()),
    scope: row.scope,
    responsible: { staffId: row.responsible, name: row.responsible_name },
    state: partyStateOf(contractOf(row), now),
    entered: { staffId: row.entered_by, name: row.entered_name, at: row.at.toISOString() },
    signed: signed === null || row.verdict === null ? null : { ...signed, verdict: row.verdict },
    ended: ended === null || row.end_reason === null ? null : { ...ended, reason: row.end_reason },
    open,
    overdue,
  }
}

export function sharingFacts(row: SharingRow): SharingFacts {
  return {
    application: row.application,
    leftAt: row.left_at?.getTime() ?? null,
    isProving: row.proofs.some(({ answer }) => answer === null),
    isArchived: row.is_archived,
  }
}

export const stamped = <Signature extends { readonly at: number }>({ at, ...rest }: Signature) => ({
  ...rest,
  at: new Date(at).toISOString(),
})

export function sharingView(
  row: SharingRow,
  { viewer, now }: { viewer: string | null; now: number },
): Sharing {
  const state = sharingStateOf(sharingFacts(row))
  return {
    applicationId: row.application_id,
    number: row.number,
    party: { partyId: row.party_id, name: row.party_name, responsible: row.responsible_name },
    purpose: row.purpose,
    fields: row.fields,
    form: row.form,
    homes: row.homes,
    persons: row.persons,
    state,
    applied: { staffId: row.applicant, name: row.applicant_name, at: row.at.toISOString() },
    approved: row.signed.map(stamped),
    left: leftOf(row),
    keepUntil: row.keep_until.toISOString(),
    dueAt: row.due_at.toISOString(),
    isOverdue: isOverdue(state, row.due_at.getTime(), now),
    proofs: row.proofs.map(proofView),
    isOwn: row.applicant === viewer,
  }
}

const leftAs = { export: "file", print: "print", share: "told" } as const

function leftOf(row: SharingRow): Sharing["left"] {
  if (row.left_at === null) return null
  const { granted: persons, copy_number: copyNumber } = row
  return { how: row.how ?? leftAs[row.form], copyNumber, persons, at: row.left_at.toISOString() }
}

function proofView({ proofId, kind, day, evidence, by, answer }: ProofRow): Sharing["proofs"][number] {
  return {
    proofId,
    kind,
    day,
    evidence,
    recorded: stamped(by),
    answered: answer === null ? null : stamped(answer),
  }
}
