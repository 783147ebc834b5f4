/** P7: a trace is durable, as a look waits for it: 32 at once, in groups, against a plain INSERT a row by 32 connections. */

import { join } from "node:path"
import pg from "pg"
import { MirrorFolder } from "../src/ledger/mirror-folder.ts"
import { MirrorLane } from "../src/ledger/mirror-lane.ts"
import { TraceLane } from "../src/ledger/trace-lane.ts"
import { insertTraces, traceColumns } from "../src/ledger/trace-sql.ts"
import { syntheticTrace } from "../test/ledger.ts"
import { plainDatabase, productDatabase, type Socket, withAdmin } from "./postgres.ts"
import { type Line, spreadOf } from "./report.ts"

export interface LedgerPlace {
  readonly data: string
  readonly socket: Socket
  readonly isQuick: boolean
}

const writers = 32
const community = "990"

export async function appendLines(place: LedgerPlace): Promise<Line[]> {
  const { socket, isQuick } = place
  await makePlainTable(place)
  const lane = new TraceLane({ ...socket, user: "hudun_app", database: productDatabase })
  const mirror = await openMirror(place)
  const pool = new pg.Pool({ ...socket, user: "postgres", database: plainDatabase, max: writers })
  const trace = () => syntheticTrace(community)
  const sides = {
    table: () => lane.append(trace()),
    both: async () => {
      const one = trace()
      await Promise.all([lane.append(one), mirror.append(one)])
    },
    plain: () => pool.query(insertTraces, traceColumns([trace()])),
  }
  const rates: Record<keyof typeof sides, number[]> = { table: [], both: [], plain: [] }
  for (let round = 0; round < (isQuick ? 3 : 7); round++) {
    for (const side of ["table", "plain", "both"] as const)
      rates[side].push(await perSecond(sides[side], isQuick ? 1_000 : 2_000))
  }
  await Promise.all([lane.close(), mirror.close(), pool.end()])
  const line = (name: string, mine: readonly number[], goal: number | null): Line => {
    const ratios = spreadOf(mine.map((rate, at) => rate / (rates.plain[at] ?? 1)))
    return {
      id: "P7",
      workload: `durable append, ${writers} writers, ${name}`,
      value: spreadOf(mine).median,
      unit: "traces/s",
      ratio: ratios.median,
      quartiles: ratios.quartiles,
      baseline: spreadOf(rates.plain).median,
      goal,
      met: goal === null ? null : ratios.median >= goal,
    }
  }
  return [line("table", rates.table, 3), line("table and mirror on the same disk", rates.both, null)]
}

/** The communities whose traces are measured. */
export async function addCommunities({ socket }: LedgerPlace): Promise<void> {
  await withAdmin(socket, productDatabase, async (admin) => {
    await admin.query("insert into app.tenant values (99, '测试物业', 'A1', false, now())")
    await admin.query(
      "insert into app.community select id, 99, '测试小区', false, now() from unnest(array[990, 991]) id",
    )
  })
}

/** The audit table that anybody would make: a key, and an index by time. */
async function makePlainTable({ socket }: LedgerPlace): Promise<void> {
  const columns = await withAdmin(socket, productDatabase, async (admin) => {
    const { rows } = await admin.query<{ column: string }>(
      `select column_name || ' ' || case when data_type = 'ARRAY' then replace(udt_name, '_', '') || '[]' else udt_name end as column
       from information_schema.columns where table_schema = 'app' and table_name = 'trace'
       and column_name not in ('tx', 'seq') order by ordinal_position`,
    )
    return rows.map(({ column }) => column).join(", ")
  })
  await withAdmin(socket, plainDatabase, async (admin) => {
    await admin.query("create schema if not exists app")
    await admin.query(
      `create table app.trace (seq bigint generated always as identity primary key, ${columns})`,
    )
    await admin.query("create index on app.trace (community_id, at)")
  })
}

async function openMirror({ data }: LedgerPlace): Promise<MirrorLane> {
  let name: string | undefined
  const known = {
    read: () => Promise.resolve(name),
    write: (given: string) => {
      name = given
      return Promise.resolve()
    },
  }
  const store = new MirrorFolder(join(data, "mirror"), known)
  const mirror = new MirrorLane({ store, clock: Date.now, changed: () => undefined, patience: 60_000 })
  await mirror.start()
  return mirror
}

/** 32 loops, each waiting for its own. */
async function perSecond(once: () => Promise<unknown>, milliseconds: number): Promise<number> {
  const start = performance.now()
  let count = 0
  const loop = async () => {
    while (performance.now() - start < milliseconds) {
      await once()
      count += 1
    }
  }
  await Promise.all(Array.from({ length: writers }, loop))
  return (count * 1_000) / (performance.now() - start)
}
