/**
 * Taking roster entries in: places, identities, merge, sealing, masks, tags — one command a batch, one trace a batch.
 * Keys are durable before anything is sealed under them; a key without a record is harmless. Clauses 2.12, 3.9, 3.10.
 */

import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { type IndexKey, tag } from "../../vault/blind-index.ts"
import type { HomePlace } from "../catalogue/address.ts"
import { noteAges, type Sealed } from "../consent/note-age.ts"
import { openDossiers } from "./dossier.ts"
import { type Origin } from "./merge.ts"
import { type Assigned, type PlacedEntry, placeEntries } from "./place.ts"
import { Registry, type Sign } from "./resolve.ts"
import type { RosterEntry, Taken } from "./roster.ts"
import { type SealedBatch, sealDossiers } from "./seal.ts"
import { findCandidates } from "./take-sql.ts"
import {
  type DoubtRow,
  followMoves,
  writeDoubts,
  writePersons,
  writeRecords,
  writeResidences,
  writeTags,
} from "./write-sql.ts"

export interface RosterBatch {
  readonly entries: readonly RosterEntry[]
  /** Homes in which the source names nobody. */
  readonly vacant?: readonly HomePlace[]
  readonly source: Omit<Origin, "at">
  /** Written in the same transaction, e.g. how far an import got. The persons are in the order of the entries. */
  readonly alongside?: (command: Command, taken: Taken, personIds: readonly string[]) => Promise<void>
}

export async function takeRoster(house: House, actor: Actor, batch: RosterBatch): Promise<Taken> {
  const index = await house.keyring.indexKey(actor.tenantId, actor.communityId)
  return act(house.spine, actor, async (command) => {
    const placed = await placeEntries(command, actor.communityId, batch)
    const assigned = await assign(command, { actor, index, placed })
    const origin = { ...batch.source, at: new Date(command.now).toISOString() }
    const dossiers = await openDossiers(command, { house, actor, assigned, origin })
    const sealed = await sealDossiers({ house, actor, index, dossiers, now: command.now })
    await write(command, actor.communityId, { sealed, assigned, source: batch.source })
    const personIds = assigned.map(({ personId }) => personId)
    await noteAges(command, actor, { sealed: numbersOf(assigned), purpose: batch.source.purpose })
    await batch.alongside?.(command, sealed.taken, personIds)
    command.trace({
      act: "roster.take",
      clause: "2.12",
      purpose: batch.source.purpose,
      subjects: sealed.persons.map((person) => person.subjectRef),
      fields: sealed.fields,
    })
    return sealed.taken
  })
}

async function assign(
  command: Command,
  { actor, index, placed }: { actor: Actor; index: IndexKey; placed: readonly PlacedEntry[] },
): Promise<Assigned[]> {
  const signs = placed.map((entry) => signOf(index, actor.communityId, entry))
  const rows = await findCandidates(command, actor.communityId, {
    homeIds: [...new Set(signs.map((sign) => sign.homeId))],
    phones: signs.flatMap((sign) => sign.phones),
  })
  const registry = new Registry(
    rows.map((row) => ({
      personId: row.person_id,
      homeIds: row.home_ids,
      names: row.names.map(Number),
      phones: row.phones.map(Number),
    })),
  )
  const known = new Set(rows.map((row) => row.person_id))
  return placed.map((entry, position) => {
    const sign = signs[position] ?? signOf(index, actor.communityId, entry)
    const personId = registry.find(sign) ?? command.newId()
    registry.add(sign, personId)
    return { ...entry, personId, isNew: !known.has(personId) }
  })
}

function signOf(index: IndexKey, community: string, { entry, homeId }: PlacedEntry): Sign {
  const [name = ""] = entry.facts.name ?? []
  const phones = [...(entry.facts.phone ?? []), ...(entry.facts.landline ?? [])]
  return {
    homeId,
    name: tag(index, { community, kind: "name", value: name }),
    phones: phones.map((value) => tag(index, { community, kind: "phone", value })),
  }
}

function numbersOf(assigned: readonly Assigned[]): Sealed[] {
  return assigned.map(({ personId, isNew, entry }) => ({
    personId,
    isNew,
    numbers: entry.company ? [] : (entry.facts.id_number ?? []),
  }))
}

interface Writing {
  readonly sealed: SealedBatch
  readonly assigned: readonly Assigned[]
  readonly source: RosterBatch["source"]
}

async function write(
  command: Command,
  communityId: string,
  { sealed, assigned, source }: Writing,
): Promise<void> {
  const at = new Date(command.now).toISOString()
  await writePersons(command, communityId, { persons: sealed.persons, at })
  await writeRecords(command, communityId, { records: sealed.records, at })
  await followMoves(command, communityId, sealed.retagged)
  await writeResidences(command, communityId, sealed.residences)
  await writeTags(command, communityId, { changed: sealed.retagged, tags: sealed.tags })
  await writeDoubts(command, communityId, { ...doubtsOf(assigned), importId: source.importId, at })
}

/** A person whose lines are all without doubt now has nothing left to be verified. */
function doubtsOf(assigned: readonly Assigned[]): { doubts: DoubtRow[]; settled: string[] } {
  const doubts = assigned.flatMap(({ personId, entry }) =>
    entry.doubts.map(({ field, reason }) => ({ personId, field, reason, row: entry.row })),
  )
  const doubted = new Set(doubts.map((doubt) => doubt.personId))
  const known = assigned.filter(({ isNew }) => !isNew).map(({ personId }) => personId)
  return { doubts, settled: [...new Set(known)].filter((personId) => !doubted.has(personId)) }
}
