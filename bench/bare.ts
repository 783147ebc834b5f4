/**
 * A look with nothing but what makes it one: what is asked at once is read at once, the record is opened under its own key, and
 * the answer waits for one trace, which shares its commit with all that wait. Nobody signs in, nobody decides, nothing is
 * counted, mirrored, published or watched, and the trace's table has no index but its key. How far the product is from this is
 * what the regime costs; how far this is from the plain server is what no product of this kind can do without.
 */

import "../src/platform/thread-pool.ts"
import fastify from "fastify"
import pg from "pg"
import { z } from "zod"
import { readConfig } from "../src/config.ts"
import type { Trace } from "../src/ledger/trace.ts"
import { insertTraces, traceColumns } from "../src/ledger/trace-sql.ts"
import { systemClock } from "../src/platform/clock.ts"
import { looks } from "../src/platform/crowd.ts"
import { Gatherer } from "../src/platform/gather.ts"
import { Lane } from "../src/platform/lane.ts"
import { newId, random } from "../src/platform/random.ts"
import { openFacts } from "../src/vault/opening.ts"
import { openVault } from "../src/vault/vault.ts"
import { portOf, ready, settingsOf } from "./child.ts"
import { plainDatabase, productDatabase, socketShape, storeAt } from "./postgres.ts"

const { data, socket } = settingsOf(z.object({ data: z.string(), socket: socketShape }))
const config = readConfig({ HUDUN_DATA: data }, data)
const vault = openVault({
  keyring: { config: storeAt(socket).as("hudun_keyring"), prepare: () => Promise.resolve() },
  setting: config.root,
  schedule: config,
  ownTenant: "0",
  hasCompanies: () => Promise.resolve(true),
  clock: systemClock,
  onSeal: () => undefined,
})
await vault.seal.start()

const admin = new pg.Client({ ...socket, user: "postgres", database: plainDatabase })
await admin.connect()
await admin.query(`drop table if exists trace`)
await admin.query(`create table trace (
  community_id bigint not null, trace_id uuid not null, at timestamptz(3) not null, actor uuid, post text not null,
  act text not null, clause text not null, purpose text, use_id uuid, subjects bigint[] not null, fields text[] not null,
  outcome text not null, regime_version integer not null, client text not null, salt bytea not null,
  primary key (community_id, trace_id))`)
await admin.end()

interface Asked {
  readonly communityId: string
  readonly personId: string
}

interface RecordRow {
  readonly place: number
  readonly tenant_id: string
  readonly version: number
  readonly sealed: Buffer
}

const readRecords = `select a.place::int, c.tenant_id, r.version, r.sealed
  from unnest($1::bigint[], $2::uuid[]) with ordinality as a (community_id, person_id, place)
  join app.community c on c.community_id = a.community_id
  join app.record r on r.community_id = a.community_id and r.subject_id = a.person_id and r.class = 'identity'`

const reads = new Lane({ ...socket, user: "postgres", database: productDatabase })
const traces = new Lane({ ...socket, user: "postgres", database: plainDatabase }, { connections: 1 })
const records = new Gatherer<Asked, RecordRow>(looks, async (asks) => {
  const columns = [asks.map(({ communityId }) => communityId), asks.map(({ personId }) => personId)]
  const rows = await reads.read<RecordRow & pg.QueryResultRow>(undefined, readRecords, columns)
  const found = new Map(rows.map((row) => [row.place, row]))
  return asks.flatMap((_ask, at) => found.get(at + 1) ?? [])
})
const traced = new Gatherer<Trace, Trace>(looks, async (group) => {
  await traces.read(undefined, insertTraces.replace("app.trace", "trace"), traceColumns(group))
  return group
})

const text = { type: "string" } as const
const app = fastify()

app.post<{ Params: Asked; Body: { field: string } }>(
  "/api/communities/:communityId/persons/:personId/look",
  {
    schema: {
      params: { type: "object", properties: { communityId: { type: "string", pattern: "^\\d+$" } } },
      body: {
        type: "object",
        required: ["field"],
        properties: { field: { type: "string", enum: ["phone"] } },
      },
      response: {
        200: {
          type: "object",
          properties: { values: { type: "array", items: text }, seconds: { type: "integer" } },
        },
      },
    },
  },
  ({ params }) => looks.through(() => look(params)),
)

async function look(asked: Asked) {
  const { communityId, personId } = asked
  const { tenant_id: tenant, version, sealed } = await records.ask(asked)
  const place = { tenant, community: communityId, subject: personId, name: "identity", version }
  const facts = await openFacts(vault.keyring, place, sealed)
  await traced.ask(traceOf(asked))
  return { values: [facts?.["phone"] ?? []].flat(), seconds: 30 }
}

function traceOf({ communityId, personId }: Asked): Trace {
  const at = Date.now()
  return {
    communityId,
    traceId: newId(at),
    at,
    actor: personId,
    post: "clerk",
    act: "use.look",
    clause: "4.2",
    purpose: "repair",
    useId: personId,
    subjects: ["1"],
    fields: ["phone"],
    outcome: "done",
    regimeVersion: 1,
    client: "console",
    salt: random(16),
  }
}

await app.listen({ port: 0, host: "127.0.0.1" })
ready(portOf(app.server.address()), async () => {
  await app.close()
  await Promise.all([reads.close(), traces.close(), vault.close()])
})
