/**
 * One step behind the traces: takes in what is new; moves the cursor and writes what was found and remembered, all in one
 * transaction. Whoever moves the cursor first goes on; the other has done nothing. Clause 6.4.
 */

import type { House } from "../../house.ts"
import { type Actor, act, type Spine } from "../../ledger/spine.ts"
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
const batchTraces = 500
/** Taking these in again takes a second or two. */
const mostAhead = 5_000
const longestAheadMilliseconds = 300_000
/** People; then all is read anew. */
const mostKept = 1_000
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

interface Position {
  readonly tx: string
  readonly seq: string
}

/** What is known of a community between batches: right for as long as the cursor is where it was left. */
interface Kept {
  /** Where the cursor is in the database. */
  saved: Cursor
  /** How far the traces have been taken in. */
  reached: Position
  readonly memories: Map<string, Memory>
  /** Whose memory is ahead of the database's. */
  readonly touched: Set<string>
  /** Traces taken in since it was saved, and since when. */
  ahead: number
  aheadSince: number
}

/**
 * Memories are kept between batches and written when something was found, or when taking in again what is ahead of them would
 * take long: whoever starts anew, here or on another process, does so from the cursor and comes to the same findings.
 */
export class Follower {
  readonly #house: House
  readonly #kept = new Map<string, Kept>()

  constructor(house: House) {
    this.#house = house
  }

  /** One batch. True when there may be more. */
  async batch(town: Town): Promise<boolean> {
    try {
      return await this.#batch(town)
    } catch (error) {
      this.#kept.delete(town.communityId)
      if (error instanceof NotMine) return false
      throw error
    }
  }

  async #batch(town: Town): Promise<boolean> {
    const { communityId } = town
    const reader = readerOf(this.#house, communityId)
    const cursor = await readCursor(reader, communityId)
    if (cursor === undefined) {
      await begin(this.#house, communityId)
      return true
    }
    const kept = this.#keptAt(communityId, cursor)
    const news = await readNews(reader, communityId, { from: kept.reached, limit: batchTraces })
    const isFull = news.length === batchTraces
    const last = news.at(-1)
    // What jobs leave, its own trace among it, is passed over with what people do, or when it fills a batch.
    const isNews = isFull || news.some(({ actor }) => actor !== null)
    const findings = isNews ? await takeIn(this.#house, { reader, communityId, kept }, news) : []
    if (isNews && last !== undefined) this.#reach(kept, last, news.length)
    if (findings.length > 0 || this.#isDue(kept)) await this.#save(town, kept, findings)
    return isFull
  }

  /** Another process, or nobody yet, has moved the cursor: what was kept is of another past. */
  #keptAt(communityId: string, cursor: Cursor): Kept {
    const known = this.#kept.get(communityId)
    if (known !== undefined && known.saved.tx === cursor.tx && known.saved.seq === cursor.seq) return known
    if (this.#size() > mostKept) this.#kept.clear()
    const kept: Kept = {
      saved: cursor,
      reached: cursor,
      memories: new Map(),
      touched: new Set(),
      ahead: 0,
      aheadSince: 0,
    }
    this.#kept.set(communityId, kept)
    return kept
  }

  #size(): number {
    return [...this.#kept.values()].reduce((sum, { memories }) => sum + memories.size, 0)
  }

  #reach(kept: Kept, { tx, seq }: Position, traces: number): void {
    if (kept.ahead === 0) kept.aheadSince = this.#house.spine.clock()
    kept.reached = { tx, seq }
    kept.ahead += traces
  }

  #isDue({ ahead, aheadSince }: Kept): boolean {
    return (
      ahead >= mostAhead || (ahead > 0 && this.#house.spine.clock() - aheadSince >= longestAheadMilliseconds)
    )
  }

  async #save({ communityId, tenantId }: Town, kept: Kept, findings: readonly NewFinding[]): Promise<void> {
    const memories = new Map([...kept.touched].map((one) => [one, kept.memories.get(one)]))
    await record(this.#house.spine, { communityId, tenantId }, { memories, findings, kept })
    kept.saved = { ...kept.saved, ...kept.reached }
    kept.touched.clear()
    kept.ahead = 0
  }
}

async function begin({ spine }: House, communityId: string): Promise<void> {
  const at = new Date(spine.clock()).toISOString()
  await spine.database.transaction(reachOf(communityId), (tx) => beginCursor(tx, communityId, at))
}

interface Here {
  readonly reader: Reader
  readonly communityId: string
  readonly kept: Kept
}

async function takeIn(
  house: House,
  { reader, communityId, kept }: Here,
  news: readonly FollowedRow[],
): Promise<NewFinding[]> {
  const byStaff = Map.groupBy(news, ({ actor }) => actor)
  byStaff.delete(null)
  const staffIds = [...byStaff.keys()].filter((one) => one !== null)
  await remember(reader, communityId, { kept, staffIds })
  const ties = await readTies(reader, communityId)
  const around =
    ties.length === 0
      ? []
      : await readAround(
          reader,
          communityId,
          ties.map(({ homeId }) => homeId),
        )
  const [rules, caps] = [watchOf(house.regime()), capsOf(house.regime())]
  return staffIds.flatMap((staffId) => {
    const own = kept.memories.get(staffId) ?? emptyMemory()
    kept.memories.set(staffId, own)
    kept.touched.add(staffId)
    const watching = { rules, caps, ties: tiesOf(staffId, ties, around) }
    return (byStaff.get(staffId) ?? [])
      .flatMap((row) => watch(own, eventOf(row), watching))
      .filter(({ at }) => at > kept.saved.begunAt - raisedMilliseconds)
      .map((one) => ({
        ...one,
        staffId,
        findingId: newId(house.spine.clock()),
        at: new Date(one.at).toISOString(),
      }))
  })
}

async function remember(
  reader: Reader,
  communityId: string,
  { kept, staffIds }: { kept: Kept; staffIds: readonly string[] },
): Promise<void> {
  const unknown = staffIds.filter((one) => !kept.memories.has(one))
  if (unknown.length === 0) return
  const rows = await readMemories(reader, communityId, unknown)
  for (const row of rows) kept.memories.set(row.staff_id, memory.parse(row.memory))
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

/** Somebody else was faster: what was found here is theirs to write. */
class NotMine extends Error {}

interface Recorded {
  readonly memories: ReadonlyMap<string, unknown>
  readonly findings: readonly NewFinding[]
  readonly kept: Pick<Kept, "saved" | "reached">
}

/** Throws {@link NotMine}. */
async function record(
  spine: Spine,
  { communityId, tenantId }: Town,
  { memories, findings, kept }: Recorded,
): Promise<void> {
  const context = reachOf(communityId)
  const move = async (tx: Reader) => {
    if (!(await moveCursor(tx, communityId, { from: kept.saved, to: kept.reached }))) throw new NotMine()
    await writeMemories(tx, communityId, memories)
    const regimeVersion = spine.regimeVersion()
    for (const one of findings) await writeFinding(tx, communityId, { one, regimeVersion })
  }
  // Where nothing was found nothing happened that a trace could tell.
  if (findings.length === 0) return spine.database.transaction(context, move)
  const actor: Actor = { communityId, tenantId, staffId: null, post: "watcher", client: "job", context }
  await act(spine, actor, async (command) => {
    await move(command)
    command.trace({ act: "watch.find", clause: "6.4" })
  })
}
