/** Sealing dossiers: what changed is sealed again under its key, with masks, cards and tags made in the same breath. */

import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import { tag } from "../../vault/blind-index.ts"
import { contentTag } from "../../vault/content-tag.ts"
import type { SealingKey } from "../../vault/envelope.ts"
import type { CommunityIndexKey } from "../../vault/index-ring.ts"
import { drawNonce } from "../../vault/keyring.ts"
import { type Facts, sealRecord } from "../../vault/record.ts"
import { subjectRef } from "../../vault/subject-ref.ts"
import type { ClassDossier, Dossier } from "./dossier.ts"
import { cardText, type IndexEntry, indexEntries, masksOf, type Taken } from "./roster.ts"
import type { PersonRow, RecordRow, ResidenceRow, TagRow } from "./write-sql.ts"

/** The class whose key also makes the person's pseudonym: every person has one. */
const identity = "identity"

export interface SealedBatch {
  readonly persons: readonly PersonRow[]
  readonly records: readonly RecordRow[]
  readonly residences: readonly ResidenceRow[]
  readonly tags: readonly TagRow[]
  /** Persons whose tags are replaced. */
  readonly retagged: readonly string[]
  readonly fields: readonly string[]
  readonly taken: Taken
}

interface Sealing {
  readonly house: House
  readonly actor: Actor
  readonly index: CommunityIndexKey
  readonly dossiers: readonly Dossier[]
  readonly now: number
}

export async function sealDossiers(sealing: Sealing): Promise<SealedBatch> {
  const touched = sealing.dossiers.filter(isTouched)
  const keys = await keysOf(sealing, touched)
  const sealed = touched.map((dossier) => sealDossier(sealing, dossier, keys))
  const added = touched.filter((dossier) => dossier.isNew).length
  return {
    persons: sealed.map((one) => one.person),
    records: sealed.flatMap((one) => one.records),
    residences: sealed.flatMap((one) => one.residences),
    tags: sealed.flatMap((one) => one.tags),
    retagged: touched.filter((dossier) => !dossier.isNew).map((dossier) => dossier.personId),
    fields: [...new Set(touched.flatMap(fieldsOf))],
    taken: { added, merged: touched.length - added, unchanged: sealing.dossiers.length - touched.length },
  }
}

function isTouched(dossier: Dossier): boolean {
  return (
    dossier.isNew ||
    dossier.classes.some((one) => one.changed) ||
    dossier.residences.some((one) => one.changed)
  )
}

function fieldsOf(dossier: Dossier): string[] {
  return dossier.classes.filter((one) => one.changed).flatMap((one) => Object.keys(one.facts))
}

type Keys = ReadonlyMap<string, SealingKey>

async function keysOf({ house, actor }: Sealing, dossiers: readonly Dossier[]): Promise<Keys> {
  const { tenantId, communityId } = actor
  const names = dossiers.flatMap(({ personId, classes }) =>
    [...new Set([identity, ...classes.filter((one) => one.changed).map((one) => one.class)])].map((code) => ({
      tenantId,
      communityId,
      subjectId: personId,
      class: code,
    })),
  )
  if (names.length === 0) return new Map()
  const keys = await house.keyring.ensureDataKeys(names)
  return new Map(names.map((name, position) => [`${name.subjectId}/${name.class}`, required(keys[position])]))
}

interface SealedDossier {
  readonly person: PersonRow
  readonly records: readonly RecordRow[]
  readonly residences: readonly ResidenceRow[]
  readonly tags: readonly TagRow[]
}

function sealDossier(sealing: Sealing, dossier: Dossier, keys: Keys): SealedDossier {
  const { personId, company, residences } = dossier
  const buildingIds = [...new Set(residences.map((one) => one.buildingId))]
  const ref = dossier.subjectRef ?? subjectRef(required(keys.get(`${personId}/${identity}`)), personId)
  const all: Facts = Object.fromEntries(dossier.classes.flatMap((one) => Object.entries(one.facts)))
  const changed = dossier.classes.filter((one) => one.changed)
  return {
    person: { personId, subjectRef: ref, company, buildingIds },
    records: changed.map((one) =>
      sealClass(sealing, {
        dossier: one,
        personId,
        buildingIds,
        key: required(keys.get(`${personId}/${one.class}`)),
      }),
    ),
    residences: residences.map((one) => ({
      ...one,
      personId,
      subjectRef: ref,
      card: cardText(
        {
          residenceId: one.residenceId,
          personId,
          homeId: one.homeId,
          buildingId: one.buildingId,
          home: one.label,
          role: one.role,
        },
        all,
        company,
      ),
    })),
    tags: tagsOf(sealing, { personId, buildingIds }, indexEntries(all, buildingIds)),
  }
}

/** Tags of the key in use and, while a new one is filled, of its successor. */
export function tagsOf(
  { index, actor }: Pick<Sealing, "index" | "actor">,
  person: { readonly personId: string; readonly buildingIds: readonly string[] },
  entries: readonly IndexEntry[],
): TagRow[] {
  const keys = index.successor === undefined ? [index] : [index, index.successor]
  return keys.flatMap((key) =>
    entries.map(({ kind, value }) => ({
      epoch: key.epoch,
      kind,
      ...person,
      tag: tag(key, { community: actor.communityId, kind, value }),
    })),
  )
}

interface ClassSealing {
  readonly dossier: ClassDossier
  readonly personId: string
  readonly buildingIds: readonly string[]
  readonly key: SealingKey
}

function sealClass(
  { actor, index }: Sealing,
  { dossier, personId, buildingIds, key }: ClassSealing,
): RecordRow {
  const version = dossier.version + 1
  const place = {
    tenant: actor.tenantId,
    community: actor.communityId,
    subject: personId,
    name: dossier.class,
    version,
  }
  return {
    subjectId: personId,
    class: dossier.class,
    version,
    buildingIds,
    sealed: sealRecord(key, { place, facts: dossier.facts }, drawNonce),
    contentTag: contentTag(index, place, dossier.facts),
    masks: masksOf(dossier.facts),
    origins: dossier.origins,
  }
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("a key is missing after it was made")
  return value
}
