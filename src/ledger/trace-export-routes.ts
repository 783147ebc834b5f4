/** Traces with their proofs, as a stream that never holds more than a page. Exporting is itself traced. Clauses 3.12, 7.2. */

import { Readable } from "node:stream"
import type { FastifyReply, FastifyRequest } from "fastify"
import { Refusal } from "../base/refusal.ts"
import type { House } from "../house.ts"
import type { Http } from "../platform/http.ts"
import { ProofRun } from "./proof-run.ts"
import { type Actor, type LookReader, look } from "./spine.ts"
import { headLine, missingLine, traceExportLine } from "./trace-export.ts"
import { exportTraces, exportTracesHere } from "./trace-export-contract.ts"
import { firstLeafSince, leavesFrom } from "./trace-export-sql.ts"

const page = 256

interface Period {
  readonly after?: string | undefined
  readonly before?: string | undefined
}

/** A part of a log under one checkpoint. */
interface Part {
  readonly origin: string
  readonly folder: string
  readonly note: string
  readonly first: number
  readonly end: number
}

/** `isHere`: whether a command of this machine asks, with this start's secret. */
export function traceExportRoutes(
  http: Http,
  house: House,
  isHere: (request: FastifyRequest) => boolean,
): void {
  http.on(exportTraces, async ({ params, query, request, reply }) => {
    const actor = await house.door.actor(request, params.communityId, [
      "manager",
      "auditor",
      "privacy_officer",
    ])
    return send(house, actor, { period: query, reply })
  })

  http.on(exportTracesHere, async ({ params, query, request, reply }) =>
    send(house, localActor(request, params.communityId, isHere), { period: query, reply }),
  )
}

/** Throws `session.none`: a wrong secret is told no more than none. */
function localActor(
  request: FastifyRequest,
  communityId: string,
  isHere: (request: FastifyRequest) => boolean,
): Actor {
  if (!isHere(request)) throw new Refusal("session.none")
  return {
    tenantId: "0",
    communityId,
    staffId: null,
    post: "operator",
    client: "command",
    context: { communities: communityId, buildings: "", classes: "", posts: "publisher", actor: "" },
  }
}

/** The trace of the export is durable before the first line leaves. */
async function send(
  house: House,
  actor: Actor,
  { period, reply }: { period: Period; reply: FastifyReply },
): Promise<FastifyReply> {
  const part = await look(house.spine, actor, async (reader) => ({
    trace: { act: "trace.export", clause: "7.2" },
    answer: await partOf(house, reader, { communityId: actor.communityId, period }),
  }))
  return reply
    .header("content-type", "application/x-ndjson; charset=utf-8")
    .header("content-disposition", `attachment; filename="traces-${actor.communityId}.ndjson"`)
    .send(Readable.from(lines(house, actor, part)))
}

/** What the newest checkpoint vouches for: later traces are for a later export. */
async function partOf(
  { ledger }: House,
  reader: LookReader,
  { communityId, period }: { communityId: string; period: Period },
): Promise<Part> {
  const { logs } = ledger.publisher
  const writer = logs?.writers.get(communityId)
  if (writer === undefined) throw new Refusal(logs === undefined ? "receipt.pending" : "thing.absent")
  const { size, note } = writer
  const { origin, folder } = writer.log
  const placeOf = async (at: string) =>
    Math.min((await firstLeafSince(reader, communityId, at)) ?? size, size)
  const first = period.after === undefined ? 0 : await placeOf(period.after)
  const end = period.before === undefined ? size : await placeOf(period.before)
  return { origin, folder, note, first, end: Math.max(first, end) }
}

async function* lines(
  { ledger, spine }: House,
  { context, communityId }: Actor,
  { origin, folder, note, first, end }: Part,
): AsyncGenerator<string> {
  yield headLine({ log: origin, first, count: end - first, checkpoint: note })
  const proofs = new ProofRun({ read: (path) => ledger.disk.read(`${folder}/${path}`) }, note)
  const reader = {
    query: <Row extends object>(text: string, values: readonly unknown[]) =>
      spine.database.read<Row>(context, text, values),
  }
  for (let from = first; from < end; ) {
    const leaves = await leavesFrom(reader, communityId, { from, to: end, limit: page })
    if (leaves.length === 0) throw new Error("the log has places that the table has not")
    for (const { index, trace } of leaves)
      yield trace === undefined ? missingLine(index) : traceExportLine(trace, await proofs.prove(index))
    from += leaves.length
  }
}
