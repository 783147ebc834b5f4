/** The inventory: what keys there are, how old, how much lies under each, how far rotation is. */

import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import { indexProgress } from "../../lifecycle/store/reindex.ts"
import type { IndexKeyState, KekState } from "../../vault/key-state.ts"
import type { SuiteCode } from "../../vault/suite.ts"
import type { CompanyKeys, Inventory, KekView } from "./contract.ts"
import { keeperHand } from "./hand.ts"
import { countOtherSuite } from "./record-sql.ts"
import { communitiesOf, readQuarantine } from "./sql.ts"

export async function inventoryOf(
  house: House,
  actor: Actor,
  tenantIds: readonly string[],
): Promise<Inventory> {
  const { seal, schedule } = house.vault
  const companies: CompanyKeys[] = []
  for (const tenantId of tenantIds) companies.push(await companyOf(house, tenantId))
  const rows = await readQuarantine({
    query: (text, values = []) => house.spine.database.read(actor.context, text, values),
  })
  return {
    provider: seal.name,
    kekDays: schedule.kekDays,
    backupDays: schedule.backupDays,
    companies,
    quarantine: rows.map((row) => ({
      communityId: row.community_id,
      subjectId: row.subject_id,
      class: row.class,
      version: row.version,
      foundAt: row.found_at.toISOString(),
    })),
  }
}

async function companyOf(house: House, tenantId: string): Promise<CompanyKeys> {
  const { sql } = house.vault.rotation
  const keks = await sql.keks(tenantId)
  const newest = keks.at(-1)
  const indexKeys = await sql.indexKeys(tenantId)
  return {
    tenantId,
    suite: newest?.suite ?? "A1",
    keks: keks.map((kek) => viewOf(kek, house.keyring.keks.usesOf(tenantId, kek.epoch))),
    indexKeys: await Promise.all(indexKeys.map((key) => indexKeyOf(house, key))),
    rewrapped: newest?.wraps ?? 0,
    keys: keks.reduce((sum, kek) => sum + kek.wraps, 0),
    reseal: await resealProgress(house, tenantId, newest?.suite ?? "A1"),
  }
}

async function resealProgress(
  house: House,
  tenantId: string,
  suite: SuiteCode,
): Promise<CompanyKeys["reseal"]> {
  if ((await house.vault.rotation.former.ordered(tenantId)) === undefined) return null
  const sum = { left: 0, records: 0 }
  for (const { community_id: communityId } of await communitiesOf(house, tenantId)) {
    const { context } = keeperHand({ tenantId, communityId })
    const counted = await house.spine.database.transaction(context, (tx) =>
      countOtherSuite(tx, communityId, suite),
    )
    sum.left += counted.left
    sum.records += counted.records
  }
  return sum
}

function viewOf(kek: KekState, unwraps: number): KekView {
  return {
    epoch: kek.epoch,
    suite: kek.suite,
    createdAt: kek.createdAt.toISOString(),
    retiredAt: kek.retiredAt?.toISOString() ?? null,
    destroyedAt: kek.destroyedAt?.toISOString() ?? null,
    wraps: kek.wraps,
    records: kek.records,
    unwraps,
  }
}

async function indexKeyOf(house: House, key: IndexKeyState): Promise<CompanyKeys["indexKeys"][number]> {
  const { communityId, epoch, suite, state } = key
  const progress = state === "filling" ? await indexProgress(house, keeperHand(key), epoch) : undefined
  return {
    communityId,
    epoch,
    suite,
    state,
    createdAt: key.createdAt.toISOString(),
    tagged: progress?.tagged ?? null,
    persons: progress?.persons ?? null,
  }
}
