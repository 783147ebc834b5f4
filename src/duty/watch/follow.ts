/**
 * One step behind the traces: takes in what is new, moves the cursor, writes what was found, all in one transaction. Whoever
 * moves the cursor first goes on; the other has done nothing. Clause 6.4.
 */

import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { capsOf } from "../../lifecycle/catalogue/approvals-v1.ts"
import { watchOf } from "../../lifecycle/catalogue/watch-v1.ts"
import type { Context } from "../../platform/context.ts"
import type { Reader } from "../../platform/database.ts"
import { newId } from "../../platform/random.ts"
import { areNeighbours, type Place, type Ties } from "./event.ts"
import { eventOf } from "./event-of.ts"
import {
  beginCursor,
  type Cursor,
  type FollowedRow,
  listTowns,
  moveCursor,
  type NewFinding,
  readAround,
  readCursor,
  readMemories,
  readNews,
  readTies,
  type TieRow,
  writeFinding,
  writeMemories,
} from "./follow-sql.ts"
import { emptyMemory, type Memory, memory } from "./memory.ts"
import { watch } from "./watch.ts"

export interface Town {
  readonly communityId: string
  readonly tenantId: string
}

/** So few that whoever looks meanwhile does not wait for them. */
const batchTraces = 250
const nobody = "00000000-0000-0000-0000-000000000000"
/** What was done long before watching began is learnt from, not raised. */
const raisedMilliseconds = 86_400_000

/** Reads traces, orders and homes as the whole community does, and may write findings. */
function reachOf(communities: string): Context {
  return { communities, buildings: "*", classes: "", posts: "manager,watcher", actor: nobody }
}

function readerOf({ spine }: House, communityId: string): Reader {
  const context = reachOf(communityId)
  return { query: (text, values = []) => spine.database.read(context, text, values) }
}

export async function townsOf(house: House): Promise<Town[]> {
  const rows = await listTowns(readerOf(house, ""))
  return rows.map((row) => ({ communityId: row.community_id, tenantId: row.tenant_id }))
}

/** One batch. True when there may be more. */
export async function followBatch(house: House, town: Town): Promise<boolean> {
  const { communityId } = town
  const reader = readerOf(house, communityId)
  const cursor = await readCursor(reader, communityId)
  if (cursor === undefined) {
    await begin(house, communityId)
    return true
  }
  const news = await readNews(reader, communityId, { cursor, limit: batchTraces })
  const isFull = news.length === batchTraces
  const last = news.at(-1)
  // What jobs leave, its own trace among it, is passed over with what people do, or when it fills a batch.
  if (last === undefined || !(isFull || news.some(({ actor }) => actor !== null))) return false
  const taken = await takeIn(house, { reader, communityId, cursor }, news)
  const isMine = await record(house, town, { ...taken, from: cursor, to: last })
  return isMine && isFull
}

async function begin({ spine }: House, communityId: string): Promise<void> {
  const at = new Date(spine.clock()).toISOString()
  await spine.database.transaction(reachOf(communityId), (tx) => beginCursor(tx, communityId, at))
}

interface Here {
  readonly reader: Reader
  readonly communityId: string
  readonly cursor: Cursor
}

interface Taken {
  readonly memories: ReadonlyMap<string, Memory>
  readonly findings: readonly NewFinding[]
}

async function takeIn(
  house: House,
  { reader, communityId, cursor }: Here,
  news: readonly FollowedRow[],
): Promise<Taken> {
  const byStaff = Map.groupBy(news, ({ actor }) => actor)
  byStaff.delete(null)
  const staffIds = [...byStaff.keys()].filter((one) => one !== null)
  const known = await readMemories(reader, communityId, staffIds)
  const stored = new Map(known.map((row) => [row.staff_id, memory.parse(row.memory)]))
  const ties = await readTies(reader, communityId)
  const around = await readAround(
    reader,
    communityId,
    ties.map(({ homeId }) => homeId),
  )
  const memories = new Map(staffIds.map((one) => [one, stored.get(one) ?? emptyMemory()]))
  const [rules, caps] = [watchOf(house.regime()), capsOf(house.regime())]
  const findings = [...memories].flatMap(([staffId, own]) => {
    const watching = { rules, caps, ties: tiesOf(staffId, ties, around) }
    return (byStaff.get(staffId) ?? [])
      .flatMap((row) => watch(own, eventOf(row), watching))
      .filter(({ at }) => at > cursor.begunAt - raisedMilliseconds)
      .map((one) => ({
        ...one,
        staffId,
        findingId: newId(house.spine.clock()),
        at: new Date(one.at).toISOString(),
      }))
  })
  return { memories, findings }
}

function tiesOf(staffId: string, ties: readonly TieRow[], around: readonly Place[]): Ties {
  const homes = (rows: readonly Place[]) => new Set(rows.map(({ homeId }) => homeId))
  const mine = ties.filter((one) => one.staffId === staffId)
  const own = mine.filter(({ kind }) => kind === "own")
  const others = ties.filter((one) => one.kind === "own" && one.staffId !== staffId)
  return {
    own: homes(own),
    relatives: homes(mine.filter(({ kind }) => kind === "relative")),
    colleagues: homes(others),
    neighbours: homes(around.filter((place) => own.some((home) => areNeighbours(home, place)))),
  }
}

interface Recorded extends Taken {
  readonly from: Cursor
  readonly to: { readonly tx: string; readonly seq: string }
}

/** Somebody else was faster: what was found here is theirs to write. */
class NotMine extends Error {}

async function record(
  { spine }: House,
  { communityId, tenantId }: Town,
  { memories, findings, from, to }: Recorded,
): Promise<boolean> {
  const context = reachOf(communityId)
  const move = async (tx: Reader) => {
    if (!(await moveCursor(tx, communityId, { from, to }))) throw new NotMine()
    await writeMemories(tx, communityId, memories)
    const regimeVersion = spine.regimeVersion()
    for (const one of findings) await writeFinding(tx, communityId, { one, regimeVersion })
  }
  const actor: Actor = { communityId, tenantId, staffId: null, post: "watcher", client: "job", context }
  const found = () =>
    act(spine, actor, async (command) => {
      await move(command)
      command.trace({ act: "watch.find", clause: "6.4" })
    })
  // Where nothing was found nothing happened that a trace could tell.
  const done = findings.length > 0 ? found() : spine.database.transaction(context, move)
  return done.then(
    () => true,
    (error: unknown) => {
      if (error instanceof NotMine) return false
      throw error
    },
  )
}
