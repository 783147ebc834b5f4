/** From rows that turned up to the copies and the accounts they may have come from. The sample is read, and not kept. Clause 8.4. */

import { z } from "zod"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import { tag } from "../../vault/blind-index.ts"
import { parseHome } from "../catalogue/address.ts"
import { homeLabel } from "../store/home.ts"
import { recipientOf } from "./copy-facts.ts"
import { type CopyRecord, type ListRow } from "./fingerprint.ts"
import { serverReader } from "./hand.ts"
import { type Finding, type Suspect, suspectOf, traceLeak } from "./leak.ts"
import { countPersons, findRefs, listMarks, readSights } from "./leak-sql.ts"
import { readSample } from "./sample.ts"
import { unsealFacts } from "./seals.ts"
import { cellKinds, known } from "./spelling.ts"
import { findCopy } from "./sql.ts"
import { rankViewers } from "./viewers.ts"

/** Rows of a list beyond these say nothing more. */
const mostRows = 5_000
const mostShown = 10
const monthsBack = 12
const monthMilliseconds = 30 * 86_400_000

/** Its own shape, as it was sealed. */
const record: z.ZodType<CopyRecord> = z.object({
  rows: z.array(
    z.object({
      cells: z.array(z.object({ kind: z.enum(cellKinds), token: z.string(), style: z.number().int() })),
      isDecoy: z.boolean(),
    }),
  ),
})

export function findLeak(house: House, actor: Actor, rows: readonly ListRow[]) {
  return look(house.spine, actor, async (reader) => {
    const some = rows.slice(0, mostRows)
    const suspects = await suspectsOf(house, actor)
    const { ranked, named, rows: read } = traceLeak(readSample(some), suspects)
    const refs = await refsOf(house, actor, some)
    const accounts = await accountsOf(house, actor, { refs, now: reader.now })
    return {
      trace: { act: "leak.trace", clause: "8.4", subjects: refs },
      answer: {
        rows: read,
        persons: refs.length,
        held: suspects.length,
        named: named ?? null,
        copies: await told(house, actor, { ranked, suspects }),
        accounts: accounts.slice(0, mostShown),
      },
    }
  })
}

async function suspectsOf(house: House, { tenantId, communityId }: Actor): Promise<Suspect[]> {
  const marks = await listMarks(serverReader(house, communityId), communityId)
  const opened = await Promise.all(
    marks.map(async ({ copy_id: copyId, sealed }) => {
      const facts = await unsealFacts(house, { tenantId, communityId, subjectId: copyId }, sealed)
      if (facts === undefined) return []
      return [suspectOf(copyId, record.parse(JSON.parse(String(facts["record"]))))]
    }),
  )
  return opened.flat()
}

async function told(
  house: House,
  { communityId }: Actor,
  { ranked, suspects }: { ranked: readonly Finding[]; suspects: readonly Suspect[] },
) {
  const whole = serverReader(house, communityId)
  const rowsOf = new Map(suspects.map(({ copyId, rows }) => [copyId, rows]))
  const shown = await Promise.all(
    ranked.slice(0, mostShown).map(async ({ copyId, spelling, order, ...finding }) => {
      const copy = await findCopy(whole, communityId, copyId)
      if (copy === undefined) return []
      return [
        {
          copyId,
          applicationId: copy.application_id,
          number: copy.number,
          recipient: recipientOf(copy),
          at: copy.at.toISOString(),
          takenAt: copy.taken_at?.toISOString() ?? null,
          rows: rowsOf.get(copyId) ?? 0,
          spellings: { cells: spelling.cells, matching: spelling.matching },
          order: { pairs: order.pairs, agreeing: order.agreeing },
          ...finding,
        },
      ]
    }),
  )
  return shown.flat()
}

/** By phone where a row has one, else by home. */
async function refsOf(
  house: House,
  { tenantId, communityId }: Actor,
  rows: readonly ListRow[],
): Promise<string[]> {
  const index = await house.keyring.indexKey(tenantId, communityId)
  const phoneTags = new Set<number>()
  const homes = new Set<string>()
  for (const cells of rows) {
    const values = cells.flatMap((cell) => known(cell) ?? [])
    const phone = values.find(({ kind }) => kind === "phone")
    const home = parseHome(values.find(({ kind }) => kind === "home")?.canonical ?? "")
    if (phone !== undefined)
      phoneTags.add(tag(index, { community: communityId, kind: "phone", value: phone.canonical }))
    else if (home !== undefined) homes.add(homeLabel(home))
  }
  return findRefs(serverReader(house, communityId), communityId, {
    phoneTags: [...phoneTags],
    homes: [...homes],
  })
}

async function accountsOf(
  house: House,
  { communityId }: Actor,
  { refs, now }: { refs: readonly string[]; now: number },
) {
  if (refs.length === 0) return []
  const whole = serverReader(house, communityId)
  const since = new Date(now - monthsBack * monthMilliseconds).toISOString()
  const rows = await readSights(whole, communityId, { refs, since })
  const population = await countPersons(whole, communityId)
  const names = new Map(rows.map((row) => [row.staff_id, row.name]))
  const sights = rows.map((row) => ({ staffId: row.staff_id, seen: row.seen, seenInAll: row.seen_in_all }))
  return rankViewers(sights, { persons: refs.length, population }).map((viewer) => ({
    ...viewer,
    name: names.get(viewer.staffId) ?? "",
  }))
}
