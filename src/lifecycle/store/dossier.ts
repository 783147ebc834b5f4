/** A dossier: one person with everything known and everything the batch says, opened and merged, before it is sealed again. */

import type { House } from "../../house.ts"
import type { Actor, Command } from "../../ledger/spine.ts"
import { openFacts } from "../../vault/opening.ts"
import { openOrReport } from "../../vault/quarantine.ts"
import type { Facts } from "../../vault/record.ts"
import { merge, type Origin, type Origins } from "./merge.ts"
import type { Assigned } from "./place.ts"
import { byClass, type FieldValues } from "./roster.ts"
import { type KnownPersonRow, type KnownRecordRow, type KnownResidenceRow, loadPersons } from "./take-sql.ts"

export interface ClassDossier {
  readonly class: string
  readonly facts: Facts
  readonly origins: Origins
  /** Version of the record as it lies there; 0: none yet. */
  readonly version: number
  readonly changed: boolean
}

export interface ResidenceDossier {
  readonly residenceId: string
  readonly homeId: string
  readonly buildingId: string
  readonly role: Assigned["entry"]["role"]
  readonly label: string
  readonly sortKey: string
  readonly validFrom: string | null
  readonly changed: boolean
}

export interface Dossier {
  readonly personId: string
  readonly isNew: boolean
  readonly company: boolean
  /** Undefined for a new person: made from a key when sealing. */
  readonly subjectRef: string | undefined
  readonly classes: readonly ClassDossier[]
  readonly residences: readonly ResidenceDossier[]
}

interface Opening {
  readonly house: House
  readonly actor: Actor
  readonly assigned: readonly Assigned[]
  readonly origin: Origin
}

export async function openDossiers(command: Command, opening: Opening): Promise<Dossier[]> {
  const groups = Map.groupBy(opening.assigned, (one) => one.personId)
  const known = [...groups]
    .filter(([, entries]) => entries.every((one) => !one.isNew))
    .map(([personId]) => personId)
  const loaded =
    known.length === 0 ? nothingKnown : await loadPersons(command, opening.actor.communityId, known)
  const records = Map.groupBy(loaded.records, (row) => row.subject_id)
  const residences = Map.groupBy(loaded.residences, (row) => row.person_id)
  const persons = new Map(loaded.persons.map((row) => [row.person_id, row]))
  return Promise.all(
    [...groups].map(async ([personId, entries]) => {
      const classes = await openClasses(opening, personId, records.get(personId) ?? [])
      return dossierOf({
        personId,
        entries,
        person: persons.get(personId),
        classes: mergeClasses(classes, entries, opening.origin),
        residences: mergeResidences(command, residences.get(personId) ?? [], entries),
      })
    }),
  )
}

const nothingKnown = { persons: [], records: [], residences: [] }

interface Parts {
  readonly personId: string
  readonly entries: readonly Assigned[]
  readonly person: KnownPersonRow | undefined
  readonly classes: readonly ClassDossier[]
  readonly residences: readonly ResidenceDossier[]
}

function dossierOf({ personId, entries, person, classes, residences }: Parts): Dossier {
  return {
    personId,
    isNew: person === undefined,
    company: person?.is_company ?? entries.some(({ entry }) => entry.company),
    subjectRef: person?.subject_ref,
    classes,
    residences,
  }
}

async function openClasses(
  opening: Opening,
  personId: string,
  rows: readonly KnownRecordRow[],
): Promise<ClassDossier[]> {
  const { actor, house } = opening
  return Promise.all(
    rows.map(async (row) => {
      const facts = await openKnown(house, actor, { personId, row })
      return { class: row.class, facts, origins: row.origin, version: row.version, changed: false }
    }),
  )
}

/** A record that does not open stops the batch: it is set aside, and never overwritten. Throws `record.unreadable`. */
export function openKnown(
  house: House,
  actor: Actor,
  { personId, row }: { personId: string; row: Pick<KnownRecordRow, "class" | "version" | "sealed"> },
): Promise<Facts> {
  const { tenantId, communityId } = actor
  const { class: code, version, sealed } = row
  const place = { tenant: tenantId, community: communityId, subject: personId, name: code, version }
  const suspect = { subjectId: personId, class: code, version }
  return openOrReport(house, { actor, suspect }, async () => {
    const facts = await openFacts(house.keyring, place, sealed)
    if (facts === undefined) throw new Error("a record has no key")
    return facts
  })
}

function mergeClasses(
  known: readonly ClassDossier[],
  entries: readonly Assigned[],
  origin: Origin,
): ClassDossier[] {
  const classes = new Map(known.map((one) => [one.class, one]))
  for (const { entry } of entries) mergeEntry(classes, entry.facts, origin)
  return [...classes.values()]
}

function mergeEntry(classes: Map<string, ClassDossier>, facts: FieldValues, origin: Origin): void {
  for (const [code, said] of byClass(facts)) {
    const before = classes.get(code) ?? { class: code, facts: {}, origins: {}, version: 0, changed: false }
    const merged = merge(before, said, origin)
    classes.set(code, {
      ...before,
      facts: merged.facts,
      origins: merged.origins,
      changed: before.changed || merged.changed,
    })
  }
}

function mergeResidences(
  command: Command,
  rows: readonly KnownResidenceRow[],
  entries: readonly Assigned[],
): ResidenceDossier[] {
  const residences = new Map(rows.map((row) => [row.home_id, residenceOf(row)]))
  for (const { entry, homeId, buildingId, label, sortKey } of entries) {
    const before = residences.get(homeId)
    if (before?.role === entry.role) continue
    residences.set(homeId, {
      residenceId: before?.residenceId ?? command.newId(),
      homeId,
      buildingId,
      label,
      sortKey,
      role: entry.role,
      validFrom: entry.validFrom,
      changed: true,
    })
  }
  return [...residences.values()]
}

function residenceOf(row: KnownResidenceRow): ResidenceDossier {
  return {
    residenceId: row.residence_id,
    homeId: row.home_id,
    buildingId: row.building_id,
    role: row.role,
    label: row.label,
    sortKey: row.sort_key,
    validFrom: null,
    changed: false,
  }
}
