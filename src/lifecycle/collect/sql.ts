/** How far each import got: its steps, batches, problems and what was dropped. Never a cell. */

import type { QueryResultRow } from "pg"
import type { Command } from "../../ledger/spine.ts"
import type { Step } from "./import-step.ts"
import type { CellProblem } from "./row-problem.ts"

export interface Asked {
  readonly query: <Row extends QueryResultRow>(text: string, values?: readonly unknown[]) => Promise<Row[]>
}

export interface ImportRow {
  import_id: string
  community_id: string
  file_name: string
  created_by: string
  created_by_name: string
  created_at: Date
  steps: unknown
  rows_done: number | null
  batch_counts: unknown
}

const importSelect = `
  select i.import_id, i.community_id, i.file_name, i.created_by, s.name as created_by_name, i.created_at,
    (select jsonb_agg(jsonb_build_object('step', t.step, 'detail', t.detail) order by t.seq)
      from app.import_step t where t.community_id = i.community_id and t.import_id = i.import_id) as steps,
    (select max(b.rows_done) from app.import_batch b where b.community_id = i.community_id and b.import_id = i.import_id) as rows_done,
    (select jsonb_agg(b.counts) from app.import_batch b where b.community_id = i.community_id and b.import_id = i.import_id) as batch_counts
  from app.import i join app.staff s on s.staff_id = i.created_by`

export async function readImport(
  { query }: Asked,
  communityId: string,
  importId: string,
): Promise<ImportRow | undefined> {
  const rows = await query<ImportRow & QueryResultRow>(
    `${importSelect} where i.community_id = $1 and i.import_id = $2`,
    [communityId, importId],
  )
  return rows[0]
}

export function listImports({ query }: Asked, communityId: string): Promise<ImportRow[]> {
  return query<ImportRow & QueryResultRow>(
    `${importSelect} where i.community_id = $1 order by i.created_at desc limit 200`,
    [communityId],
  )
}

export interface NewImport {
  readonly importId: string
  readonly fileName: string
  readonly bytes: number
}

export async function writeImport(
  command: Command,
  communityId: string,
  made: NewImport & { by: string },
): Promise<void> {
  await command.query(
    `insert into app.import (community_id, import_id, file_name, size_bytes, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [communityId, made.importId, made.fileName, made.bytes, made.by, new Date(command.now)],
  )
}

export async function writeStep(
  command: Command,
  communityId: string,
  { importId, step }: { importId: string; step: Step },
): Promise<void> {
  const { step: name, ...detail } = step
  await command.query(
    "insert into app.import_step (community_id, import_id, step_id, step, detail, at) values ($1, $2, $3, $4, $5, $6)",
    [communityId, importId, command.newId(), name, JSON.stringify(detail), new Date(command.now)],
  )
}

export interface Batch {
  readonly importId: string
  readonly batch: number
  readonly rowsDone: number
  readonly counts: object
}

export async function writeBatch(command: Command, communityId: string, batch: Batch): Promise<void> {
  await command.query(
    `insert into app.import_batch (community_id, import_id, batch, rows_done, counts, at) values ($1, $2, $3, $4, $5, $6)`,
    [
      communityId,
      batch.importId,
      batch.batch,
      batch.rowsDone,
      JSON.stringify(batch.counts),
      new Date(command.now),
    ],
  )
}

export async function lastBatch({ query }: Asked, communityId: string, importId: string): Promise<number> {
  const rows = await query<{ last: number | null }>(
    "select max(batch) as last from app.import_batch where community_id = $1 and import_id = $2",
    [communityId, importId],
  )
  return rows[0]?.last ?? 0
}

/** Column by row of the phones that the dry run found at too many homes. */
export async function listRepeatedPhones(
  { query }: Asked,
  communityId: string,
  importId: string,
): Promise<Map<number, number>> {
  const rows = await query<{ source_row: number; source_column: number }>(
    `select source_row, source_column from app.import_problem
     where community_id = $1 and import_id = $2 and reason = 'phone.repeated'`,
    [communityId, importId],
  )
  return new Map(rows.map((row) => [row.source_row, row.source_column]))
}

/** Replaces what an earlier dry run found. */
export async function clearProblems(command: Command, communityId: string, importId: string): Promise<void> {
  await command.query("delete from app.import_problem where community_id = $1 and import_id = $2", [
    communityId,
    importId,
  ])
}

export async function writeProblems(
  command: Command,
  communityId: string,
  { importId, problems, from }: { importId: string; problems: readonly CellProblem[]; from: number },
): Promise<void> {
  await command.query(
    `insert into app.import_problem (community_id, import_id, number, source_row, source_column, field, reason, verdict)
     select $1, $2, * from unnest($3::int[], $4::int[], $5::int[], $6::text[], $7::text[], $8::text[])`,
    [
      communityId,
      importId,
      problems.map((_, index) => from + index),
      problems.map((one) => one.row),
      problems.map((one) => one.column),
      problems.map((one) => one.field),
      problems.map((one) => one.reason),
      problems.map((one) => one.verdict),
    ],
  )
}

export interface ProblemRow {
  number: number
  source_row: number
  source_column: number
  field: string
  reason: string
  verdict: "verify" | "refuse"
}

export function listProblems(
  { query }: Asked,
  communityId: string,
  { importId, after, limit }: { importId: string; after: number; limit: number },
): Promise<ProblemRow[]> {
  return query<ProblemRow & QueryResultRow>(
    `select number, source_row, source_column, field, reason, verdict from app.import_problem
     where community_id = $1 and import_id = $2 and number > $3 order by number limit $4`,
    [communityId, importId, after, limit],
  )
}

export async function countProblems(
  { query }: Asked,
  communityId: string,
  importId: string,
): Promise<number> {
  const rows = await query<{ count: number }>(
    "select count(*)::int as count from app.import_problem where community_id = $1 and import_id = $2",
    [communityId, importId],
  )
  return rows[0]?.count ?? 0
}

export interface Dropped {
  readonly column: number
  readonly field: string
  readonly header: string
  readonly cells: number
}

export async function writeDropped(
  command: Command,
  communityId: string,
  { importId, dropped }: { importId: string; dropped: readonly Dropped[] },
): Promise<void> {
  await command.query(
    `insert into app.not_collected (community_id, import_id, source_column, field, header, cells, at)
     select $1, $2, d.source_column, d.field, d.header, d.cells, $7
     from unnest($3::int[], $4::text[], $5::text[], $6::int[]) as d (source_column, field, header, cells)
     on conflict do nothing`,
    [
      communityId,
      importId,
      dropped.map((one) => one.column),
      dropped.map((one) => one.field),
      dropped.map((one) => one.header),
      dropped.map((one) => one.cells),
      new Date(command.now),
    ],
  )
}

export async function writeToDestroy(
  command: Command,
  communityId: string,
  { importId, rows }: { importId: string; rows: readonly number[] },
): Promise<void> {
  await command.query(
    `insert into app.to_destroy (community_id, import_id, source_row, reason, at)
     select $1, $2, r, 'gone_at_source', $4 from unnest($3::int[]) r on conflict do nothing`,
    [communityId, importId, rows, new Date(command.now)],
  )
}

export interface NotCollectedRow {
  import_id: string
  file_name: string
  field: string
  header: string
  cells: number
  at: Date
}

export function listNotCollected({ query }: Asked, communityId: string): Promise<NotCollectedRow[]> {
  return query<NotCollectedRow & QueryResultRow>(
    `select n.import_id, i.file_name, n.field, n.header, n.cells, n.at
     from app.not_collected n join app.import i on i.community_id = n.community_id and i.import_id = n.import_id
     where n.community_id = $1 order by n.at desc, n.source_column limit 1000`,
    [communityId],
  )
}

export interface ToDestroyRow {
  import_id: string
  file_name: string
  rows: number
  at: Date
}

export function listToDestroy({ query }: Asked, communityId: string): Promise<ToDestroyRow[]> {
  return query<ToDestroyRow & QueryResultRow>(
    `select d.import_id, i.file_name, count(*)::int as rows, max(d.at) as at
     from app.to_destroy d join app.import i on i.community_id = d.community_id and i.import_id = d.import_id
     where d.community_id = $1 group by d.import_id, i.file_name order by max(d.at) desc limit 200`,
    [communityId],
  )
}
