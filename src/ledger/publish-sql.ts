/** The publisher's own statements, as hudun_publish: traces in their order, and the places they were given. */

import pg from "pg"
import type { ClockMark } from "./clock-rule.ts"
import { type NewestAsked, newestFrom, newestOf } from "./clock-sql.ts"
import type { Place, PlacedTrace } from "./place.ts"
import type { Trace } from "./trace.ts"

export interface Batch extends Place {
  readonly communityId: string
  readonly firstIndex: number
  readonly traceIds: readonly string[]
  readonly root: Uint8Array
}

export interface Head {
  readonly size: number
  readonly root: Uint8Array
  readonly tx: string
}

export interface LogRow {
  readonly communityId: string
  readonly origin: string
  readonly publicKey: Uint8Array
}

export interface TopEntry {
  readonly communityId: string
  readonly entry: string
}

/** What the publisher asks of the database. Every method may fail, and may have been done although it failed. */
export interface Sequence {
  /** Connects. Whether this process, and no other, may publish until the connection is lost; then every method rejects. */
  lock(): Promise<boolean>
  logs(): Promise<LogRow[]>
  addLogs(logs: readonly LogRow[]): Promise<void>
  heads(): Promise<Map<string, Head>>
  /** Whether the database counts transactions behind the last one in the log. */
  isBehind(): Promise<boolean>
  /** Traces without a place yet, in order, at most `limit` a community. Only of transactions before which all others have ended. */
  waiting(limit: number): Promise<PlacedTrace[]>
  addBatches(batches: readonly Batch[]): Promise<void>
  /** Batches of a community from an index on, in order. */
  batches(communityId: string, from: number, limit: number): Promise<Batch[]>
  /** The traces of these ids; those that are gone are missing. */
  traces(communityId: string, traceIds: readonly string[]): Promise<Trace[]>
  topEntries(from: number, limit: number): Promise<TopEntry[]>
  /** The newest entry of each community in the top log. */
  newestTopEntries(): Promise<TopEntry[]>
  addTopEntries(from: number, entries: readonly TopEntry[]): Promise<void>
  close(): Promise<void>
}

/** Any fixed number of ours. */
const publisherLock = 7_080_002

const traceFields = `t.community_id::text, t.trace_id::text, (extract(epoch from t.at) * 1000)::bigint::text, t.actor::text,
  t.post, t.act, t.clause, t.purpose, t.use_id::text, array_to_string(t.subjects, ','), array_to_string(t.fields, ','),
  t.outcome, t.regime_version::text, t.client, t.salt, t.tx::text, t.seq::text`

type Row = [...(string | null)[]]

export class PublishSql implements Sequence {
  readonly #config: pg.ClientConfig
  #client: Promise<pg.Client> | undefined

  constructor(config: pg.ClientConfig) {
    this.#config = config
  }

  /** For readers, who need no lock. */
  async connect(): Promise<void> {
    this.#client ??= this.#open()
    await this.#client
  }

  async lock(): Promise<boolean> {
    await this.connect()
    const [row] = await this.#rows("select pg_try_advisory_lock($1)::text", [publisherLock])
    return row?.[0] === "true"
  }

  async logs(): Promise<LogRow[]> {
    const rows = await this.#rows(
      `select c.community_id::text, l.origin, encode(l.public_key, 'hex')
       from app.community c left join app.ledger_log l using (community_id)`,
    )
    return rows.map(([communityId, origin, key]) => ({
      communityId: communityId ?? "",
      origin: origin ?? "",
      publicKey: fromHex(key),
    }))
  }

  async addLogs(logs: readonly LogRow[]): Promise<void> {
    await this.#rows(
      `insert into app.ledger_log (community_id, origin, public_key, began_at)
       select *, now() from unnest($1::bigint[], $2::text[], $3::bytea[]) on conflict do nothing`,
      [
        logs.map((log) => log.communityId),
        logs.map((log) => log.origin),
        logs.map((log) => Buffer.from(log.publicKey)),
      ],
    )
  }

  async heads(): Promise<Map<string, Head>> {
    const rows = await this.#rows(
      `select l.community_id::text, b.first_index + b.count, encode(b.root, 'hex'), b.last_tx::text
       from app.ledger_log l cross join lateral (
         select * from app.ledger_batch b where b.community_id = l.community_id order by first_index desc limit 1) b`,
    )
    return new Map(
      rows.map(([communityId, size, root, tx]) => [
        communityId ?? "",
        { size: Number(size), root: fromHex(root), tx: tx ?? "" },
      ]),
    )
  }

  async isBehind(): Promise<boolean> {
    const [row] = await this.#rows(
      `select (coalesce(max(last_tx), '0'::xid8) >= pg_snapshot_xmax(pg_current_snapshot()))::text from app.ledger_batch`,
    )
    return row?.[0] === "true"
  }

  async waiting(limit: number): Promise<PlacedTrace[]> {
    const rows = await this.#rows(
      `select ${traceFields} from app.ledger_log l
       left join lateral (select last_tx, last_seq from app.ledger_batch b
         where b.community_id = l.community_id order by first_index desc limit 1) b on true
       cross join lateral (select * from app.trace t where t.community_id = l.community_id
         and (t.tx, t.seq) > (coalesce(b.last_tx, '0'::xid8), coalesce(b.last_seq, -1))
         and t.tx < pg_snapshot_xmin(pg_current_snapshot())
         order by t.tx, t.seq limit $1) t`,
      [limit],
    )
    return rows.map((row) => ({ trace: traceFrom(row), tx: row[15] ?? "", seq: row[16] ?? "" }))
  }

  async addBatches(batches: readonly Batch[]): Promise<void> {
    await this.#rows(
      `insert into app.ledger_batch (community_id, first_index, count, trace_ids, last_tx, last_seq, root, at)
       select community_id, first_index, count, ids::uuid[], tx::xid8, seq, root, now()
       from unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[], $5::text[], $6::bigint[], $7::bytea[])
         with ordinality as b (community_id, first_index, count, ids, tx, seq, root, position)
       order by position`,
      [
        batches.map((batch) => batch.communityId),
        batches.map((batch) => batch.firstIndex),
        batches.map((batch) => batch.traceIds.length),
        batches.map((batch) => `{${batch.traceIds.join(",")}}`),
        batches.map((batch) => batch.tx),
        batches.map((batch) => batch.seq),
        batches.map((batch) => Buffer.from(batch.root)),
      ],
    )
  }

  async batches(communityId: string, from: number, limit: number): Promise<Batch[]> {
    const rows = await this.#rows(
      // The sub-select only spares reading the index from its beginning.
      // Qualified: a bare name in "order by" is the column of the answer, which is text and sorts 10 before 9.
      `select b.first_index::text, array_to_string(b.trace_ids, ','), encode(b.root, 'hex'), b.last_tx::text, b.last_seq::text
       from app.ledger_batch b where b.community_id = $1 and b.first_index + b.count > $2
         and b.first_index >= coalesce((select max(o.first_index) from app.ledger_batch o
           where o.community_id = $1 and o.first_index <= $2), 0)
       order by b.first_index limit $3`,
      [communityId, from, limit],
    )
    return rows.map(([first, ids, root, tx, seq]) => ({
      communityId,
      firstIndex: Number(first),
      traceIds: (ids ?? "").split(","),
      root: fromHex(root),
      tx: tx ?? "",
      seq: seq ?? "",
    }))
  }

  async traces(communityId: string, traceIds: readonly string[]): Promise<Trace[]> {
    const rows = await this.#rows(
      `select ${traceFields} from app.trace t where t.community_id = $1 and t.trace_id = any ($2::uuid[])`,
      [communityId, traceIds],
    )
    return rows.map(traceFrom)
  }

  async topEntries(from: number, limit: number): Promise<TopEntry[]> {
    const rows = await this.#rows(
      "select h.community_id::text, h.entry from app.ledger_head h where h.top_index >= $1 order by h.top_index limit $2",
      [from, limit],
    )
    return rows.map(([communityId, entry]) => ({ communityId: communityId ?? "", entry: entry ?? "" }))
  }

  async newestTopEntries(): Promise<TopEntry[]> {
    const rows = await this.#rows(
      "select distinct on (h.community_id) h.community_id::text, h.entry from app.ledger_head h order by h.community_id, h.top_index desc",
    )
    return rows.map(([communityId, entry]) => ({ communityId: communityId ?? "", entry: entry ?? "" }))
  }

  async addTopEntries(from: number, entries: readonly TopEntry[]): Promise<void> {
    await this.#rows(
      `insert into app.ledger_head (top_index, community_id, entry, at)
       select $1::bigint + position - 1, community_id, entry, now()
       from unnest($2::bigint[], $3::text[]) with ordinality as e (community_id, entry, position)`,
      [from, entries.map(({ communityId }) => communityId), entries.map(({ entry }) => entry)],
    )
  }

  async newest(asked: NewestAsked): Promise<ClockMark> {
    const [row] = await this.#rows(...newestOf(asked))
    return newestFrom(row ?? [])
  }

  /** Closes the connection and with it gives up the lock. */
  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined)
    this.#client = undefined
    await client?.end().catch(() => undefined)
  }

  async #rows(text: string, values: unknown[] = []): Promise<Row[]> {
    // Another connection would not have the lock: whoever lost it begins again by `lock`.
    if (this.#client === undefined) throw new Error("the publisher's connection is lost")
    const client = await this.#client
    return (await client.query<Row>({ text, values, rowMode: "array" })).rows
  }

  async #open(): Promise<pg.Client> {
    const client = new pg.Client(this.#config)
    const forget = () => {
      this.#client = undefined
    }
    client.on("error", forget)
    client.on("end", forget)
    try {
      await client.connect()
      return client
    } catch (error) {
      forget()
      throw error
    }
  }
}

function fromHex(text: string | null | undefined): Uint8Array {
  return new Uint8Array(Buffer.from(text ?? "", "hex"))
}

/** The columns of `traceFields`, which keep what the traces hold byte for byte. */
function traceFrom(row: readonly unknown[]): Trace {
  const text = (at: number) => String(row[at])
  const maybe = (at: number) => (row[at] === null ? null : text(at))
  const list = (at: number) => (row[at] === "" || row[at] === null ? [] : text(at).split(","))
  const salt = row[14]
  return {
    communityId: text(0),
    traceId: text(1),
    at: Number(row[2]),
    actor: maybe(3),
    post: text(4),
    act: text(5),
    clause: text(6),
    purpose: maybe(7),
    useId: maybe(8),
    subjects: list(9),
    fields: list(10),
    outcome: row[11] === "refused" ? "refused" : "done",
    regimeVersion: Number(row[12]),
    client: text(13),
    salt: salt instanceof Uint8Array ? new Uint8Array(salt) : new Uint8Array(0),
  }
}
