/**
 * Records sealed anew under the suite of the company's newest key, a batch at a time while they are read. First the keys get
 * successors, and those before stay; then the records change, each only if it still lies as it was read. Killed between the
 * two, a record opens under the key before; the next round goes on with whatever is left. Clauses 3.9, 5.4.
 */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import type { SealingKey } from "../../vault/envelope.ts"
import type { FormerKey } from "../../vault/key-state.ts"
import { drawNonce } from "../../vault/keyring.ts"
import { openedBy, openFacts, renewKeys } from "../../vault/opening.ts"
import { openOrReport } from "../../vault/quarantine.ts"
import { type Facts, type Place, sealRecord } from "../../vault/record.ts"
import { type SuiteCode, Unopenable } from "../../vault/suite.ts"
import { keeperHand } from "./hand.ts"
import {
  type After,
  findOtherSuite,
  fromTheFirst,
  readSealed,
  replaceSealed,
  type SealedRow,
} from "./record-sql.ts"
import { isQuarantined } from "./sql.ts"

const batchRecords = 200
const batchKeys = 500

export interface Community {
  readonly tenantId: string
  readonly communityId: string
}

/** True once every record of the community that opens has been sealed anew; false when broken off. */
export async function resealCommunity(
  house: House,
  community: Community,
  { suite, goesOn }: { suite: SuiteCode; goesOn: () => boolean },
): Promise<boolean> {
  const actor = keeperHand(community)
  let after: After = fromTheFirst
  while (goesOn()) {
    const rows = await house.spine.database.transaction(actor.context, (tx) =>
      findOtherSuite(tx, community.communityId, { suite, after, limit: batchRecords }),
    )
    const last = rows.at(-1)
    if (last === undefined) return true
    await resealRows(house, actor, rows)
    after = { subjectId: last.subject_id, class: last.class }
  }
  return false
}

/** A record, and the data key of the same name. */
interface Name extends Community, After {}

interface Opened {
  readonly row: SealedRow
  readonly name: Name
  readonly place: Place
  readonly facts: Facts
}

async function resealRows(house: House, actor: Actor, rows: readonly SealedRow[]): Promise<void> {
  const opened = (await Promise.all(rows.map((row) => open(house, actor, row)))).filter(
    (one) => one !== undefined,
  )
  if (opened.length === 0) return
  const names = opened.map(({ name }) => name)
  await renewKeys(house.keyring, actor.tenantId, names)
  const keys = await house.keyring.ensureDataKeys(names)
  const resealed = opened.map((one, position) => ({
    before: one.row,
    sealed: sealUnder(keys[position], one),
  }))
  await act(house.spine, actor, async (command) => {
    await replaceSealed(command, actor.communityId, resealed)
    command.trace({ act: "keys.reseal", clause: "3.9" })
  })
}

/** Undefined for one that does not open, which is set aside by then, or whose key was destroyed. */
async function open(house: House, actor: Actor, row: SealedRow): Promise<Opened | undefined> {
  const place = placeOf(actor, row)
  const { tenantId, communityId } = actor
  const name = { tenantId, communityId, subjectId: row.subject_id, class: row.class }
  const suspect = { subjectId: row.subject_id, class: row.class, version: row.version }
  try {
    const facts = await openOrReport(house, { actor, suspect }, () =>
      openFacts(house.keyring, place, row.sealed),
    )
    return facts === undefined ? undefined : { row, name, place, facts }
  } catch (error) {
    if (error instanceof Refusal && error.code === "record.unreadable") return undefined
    throw error
  }
}

function sealUnder(key: SealingKey | undefined, { place, facts }: Opened): Buffer {
  if (key === undefined) throw new Error("a key is missing after it was made")
  return sealRecord(key, { place, facts }, drawNonce)
}

/**
 * Destroys former keys that no backup needs any more, a batch behind `after`: each only after the record opens under the key
 * in use, or is gone. One that was left behind is sealed anew first and destroyed in a later round; of one that does not open
 * the keys stay, and it keeps no other waiting. Returns how many were destroyed, and where to go on, if anywhere.
 */
export async function destroyFormer(
  house: House,
  tenantId: string,
  { since, after }: { since: Date; after: FormerKey | undefined },
): Promise<{ destroyed: number; last: FormerKey | undefined }> {
  const { former } = house.vault.rotation
  const old = await former.old(tenantId, { since, after, limit: batchKeys })
  const done = await Promise.all(old.map((key) => isMoved(house, key)))
  const free = old.filter((_, position) => done[position])
  await former.destroy(free, since)
  return { destroyed: free.length, last: old.at(-1) }
}

async function isMoved(house: House, name: Name): Promise<boolean> {
  const actor = keeperHand(name)
  const row = await house.spine.database.transaction(actor.context, (tx) =>
    readSealed(tx, name.communityId, name),
  )
  if (row === undefined) return true
  const [key] = await house.keyring.ensureDataKeys([name])
  if (key !== undefined && openedBy(key, placeOf(actor, row), row.sealed) !== undefined) return true
  if (await isToBeOpened(house, actor, row)) await resealRows(house, actor, [row])
  return false
}

/** Told once: a record that is set aside already, and does not open, is left in peace. */
async function isToBeOpened(house: House, actor: Actor, row: SealedRow): Promise<boolean> {
  if (await opensAgain(house, actor, row)) return true
  const { communityId, context } = actor
  const what = { communityId, subjectId: row.subject_id, class: row.class }
  return !(await house.spine.database.transaction(context, (tx) => isQuarantined(tx, what)))
}

/** Whether a record that was set aside opens as it lies now. */
export async function opensAgain(house: House, actor: Actor, row: SealedRow): Promise<boolean> {
  try {
    return (await openFacts(house.keyring, placeOf(actor, row), row.sealed)) !== undefined
  } catch (error) {
    if (error instanceof Unopenable) return false
    throw error
  }
}

function placeOf({ tenantId, communityId }: Actor, row: SealedRow): Place {
  return {
    tenant: tenantId,
    community: communityId,
    subject: row.subject_id,
    name: row.class,
    version: row.version,
  }
}
