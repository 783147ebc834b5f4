/**
 * Tags under a new index key, person by person, while the old ones are sought with. Broken off anywhere it goes on where it
 * was: whoever has a tag of the new epoch is done. Clauses 3.9, 3.10.
 */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import type { CommunityIndexKey } from "../../vault/index-ring.ts"
import type { Facts } from "../../vault/record.ts"
import { openKnown } from "./dossier.ts"
import { countTagged, findUntagged, lockPersons, readRecords, removeOldTags } from "./reindex-sql.ts"
import { indexEntries } from "./roster.ts"
import { tagsOf } from "./seal.ts"
import { type KnownRecordRow } from "./take-sql.ts"
import { type TagRow, writeTags } from "./write-sql.ts"

const batchPersons = 200
const batchTags = 5_000
const firstPerson = "00000000-0000-0000-0000-000000000000"

/** An index key's epoch, and whether to go on with the next batch. */
export interface Epoch {
  readonly epoch: number
  readonly goesOn: () => boolean
}

/** Makes the tags of the successor for everybody who has none. False when broken off, or when it is no successor (any more). */
export async function fillIndex(house: House, actor: Actor, { epoch, goesOn }: Epoch): Promise<boolean> {
  const index = await house.keyring.indexKey(actor.tenantId, actor.communityId)
  if (index.successor?.epoch !== epoch) return false
  let after = firstPerson
  while (goesOn()) {
    const found = await reading(house, actor, (tx) =>
      findUntagged(tx, actor.communityId, { epoch, after, limit: batchPersons }),
    )
    const last = found.at(-1)
    if (last === undefined) return true
    await fillBatch(house, actor, { index, personIds: found })
    after = last
  }
  return false
}

/** Removes the tags of a retired key. False when broken off. */
export async function emptyIndex(house: House, actor: Actor, { epoch, goesOn }: Epoch): Promise<boolean> {
  while (goesOn()) {
    const removed = await act(house.spine, actor, async (command) => {
      command.trace({ act: "keys.reindex", clause: "3.9" })
      return removeOldTags(command, actor.communityId, { epoch, limit: batchTags })
    })
    if (removed < batchTags) return true
  }
  return false
}

/** How far the successor's tags are. */
export function indexProgress(
  house: House,
  actor: Actor,
  epoch: number,
): Promise<{ tagged: number; persons: number }> {
  return reading(house, actor, (tx) => countTagged(tx, actor.communityId, epoch))
}

function reading<Result>(house: House, actor: Actor, work: (tx: Reader) => Promise<Result>): Promise<Result> {
  return house.spine.database.transaction(actor.context, work)
}

interface Batch {
  readonly index: CommunityIndexKey
  readonly personIds: readonly string[]
}

async function fillBatch(house: House, actor: Actor, { index, personIds }: Batch): Promise<void> {
  await act(house.spine, actor, async (command) => {
    const { communityId } = actor
    const persons = await lockPersons(command, communityId, personIds)
    const records = Map.groupBy(await readRecords(command, communityId, personIds), (row) => row.subject_id)
    const tags: TagRow[] = []
    for (const { person_id: personId, building_ids: buildingIds } of persons) {
      const facts = await factsOf(house, actor, { personId, rows: records.get(personId) ?? [] })
      const entries = facts === undefined ? [] : indexEntries(facts, buildingIds)
      tags.push(...tagsOf({ index, actor }, { personId, buildingIds }, entries))
    }
    await writeTags(command, communityId, { changed: [], tags })
    command.trace({ act: "keys.reindex", clause: "3.9" })
  })
}

interface Known {
  readonly personId: string
  readonly rows: readonly KnownRecordRow[]
}

/** Undefined for somebody whose record does not open: set aside by then, and found by their card only. */
async function factsOf(house: House, actor: Actor, { personId, rows }: Known): Promise<Facts | undefined> {
  try {
    const facts = await Promise.all(rows.map((row) => openKnown(house, actor, { personId, row })))
    return facts.reduce<Facts>((all, some) => ({ ...all, ...some }), {})
  } catch (error) {
    if (error instanceof Refusal && error.code === "record.unreadable") return undefined
    throw error
  }
}
