/** What the tests of the ledger share: traces, a publisher of its own, the oracle that verifies the whole log from its files. */

import { randomBytes, randomUUID } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type pg from "pg"
import { verifyEd25519 } from "../src/ledger/ed25519.ts"
import { folderOf, originOf } from "../src/ledger/log-name.ts"
import { traceEntry } from "../src/ledger/log-opening.ts"
import { keysFile } from "../src/ledger/log-set.ts"
import type { LogFiles } from "../src/ledger/log-walk.ts"
import { noteVerifier, parseVerifierKey } from "../src/ledger/note.ts"
import type { Policy } from "../src/ledger/proof.ts"
import { PublishSql } from "../src/ledger/publish-sql.ts"
import type { Trace } from "../src/ledger/trace.ts"
import { insertTraces, traceColumns } from "../src/ledger/trace-sql.ts"
import { type Verified, verifyLog } from "../src/ledger/verify.ts"

export function syntheticTrace(communityId: string, at = Date.now()): Trace {
  return {
    communityId,
    traceId: randomUUID(),
    at,
    actor: randomUUID(),
    post: "clerk",
    act: "use.look",
    clause: "4.2",
    purpose: "repair",
    useId: randomUUID(),
    subjects: [String(at % 1000), "77"],
    fields: ["phone"],
    outcome: "done",
    regimeVersion: 1,
    client: "测试",
    salt: new Uint8Array(randomBytes(16)),
  }
}

export async function addTraces(client: pg.Client, communityId: string, count: number): Promise<string[]> {
  const traces = Array.from({ length: count }, () => syntheticTrace(communityId))
  await client.query(insertTraces, traceColumns(traces))
  return traces.map(({ traceId }) => traceId)
}

export function filesIn(folder: string): LogFiles {
  return {
    read: (path) =>
      readFile(join(folder, path)).then(
        (bytes) => new Uint8Array(bytes),
        () => undefined,
      ),
  }
}

/** What a reader trusts who knows the installation's keys and asks for no witness. */
export async function policyOf(ledger: string, origin: string): Promise<Policy> {
  const lines = (await readFile(join(ledger, keysFile), "utf8")).trim().split("\n")
  const keys = lines.map(parseVerifierKey).filter(({ name }) => name === origin)
  return {
    origin,
    verifiers: keys.map((key) => noteVerifier(key, verifyEd25519)),
    witnesses: [],
    quorum: 0,
  }
}

/** The oracle: the whole log from its files, and every leaf against the trace in the database. */
export async function oracle(
  ledger: string,
  log: { installation: string; communityId: string },
  database: pg.ClientConfig | undefined,
): Promise<Verified> {
  const origin = originOf(log.installation, log.communityId)
  const policy = await policyOf(ledger, origin)
  const entries = database === undefined ? undefined : entriesIn(database, log.communityId)
  return verifyLog({ files: filesIn(join(ledger, folderOf(origin))), policy, entries })
}

async function* entriesIn(database: pg.ClientConfig, communityId: string): AsyncGenerator<Uint8Array> {
  const sequence = new PublishSql(database)
  await sequence.connect()
  try {
    for (let from = 0; ; ) {
      const batches = await sequence.batches(communityId, from, 64)
      if (batches.length === 0) return
      const ids = batches.flatMap(({ traceIds }) => traceIds)
      const found = await sequence.traces(communityId, ids)
      const traces = new Map(found.map((trace) => [trace.traceId, trace]))
      for (const id of ids) {
        const trace = traces.get(id)
        yield trace === undefined ? new Uint8Array(0) : traceEntry(trace)
      }
      from += ids.length
    }
  } finally {
    await sequence.close()
  }
}
