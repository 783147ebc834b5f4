/**
 * Walking the list of a use: a few at a time, each looked up at that moment, an entry without values for each who still consents.
 * Every process takes part, one process a run at a time. Clauses 2.5–2.7.
 */

import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import type { Context } from "../../platform/context.ts"
import type { Regime } from "../catalogue/regime-shape.ts"
import { readAnswers } from "./answer-sql.ts"
import { refuseUse } from "./consent.ts"
import {
  findOpenRuns,
  lockPersons,
  type RunRow,
  readRun,
  readWaiting,
  tryLockRun,
  writeMessage,
  writeRunEnd,
} from "./run-sql.ts"

const batchPersons = 20

interface Walk {
  readonly actor: Actor
  readonly runId: string
  readonly regime: Regime
}

/** One batch of every run that is open. Returns how many persons were decided on. */
export async function walkRuns(house: House): Promise<number> {
  const { spine } = house
  const communities = await communitiesOf(house)
  const all = reachOf(communities.map((row) => row.community_id).join(","))
  const open = await findOpenRuns({ query: (text, values = []) => spine.database.read(all, text, values) })
  let decided = 0
  for (const { community_id: communityId, run_id: runId } of open) {
    const tenantId = communities.find((row) => row.community_id === communityId)?.tenant_id ?? ""
    decided += await walkBatch(house, {
      actor: walkerHand({ communityId, tenantId }),
      runId,
      regime: house.regime(),
    })
  }
  return decided
}

export interface Community {
  readonly community_id: string
  readonly tenant_id: string
}

export function communitiesOf({ spine }: House): Promise<Community[]> {
  return spine.database.read<Community>(
    reachOf(""),
    "select community_id, tenant_id from app.community where community_id <> 0 and removed_at is null",
  )
}

function walkBatch(house: House, walk: Walk): Promise<number> {
  return act(house.spine, walk.actor, async (command) => {
    const { communityId } = walk.actor
    const isMine = await tryLockRun(command, walk.runId)
    const run = isMine ? await readRun(command, communityId, walk.runId) : undefined
    if (run === undefined || run.ended_at !== null) throw new NotMine()
    return decideBatch(command, walk, run)
  }).catch((error: unknown) => {
    if (error instanceof NotMine) return 0
    throw error
  })
}

/** Another process walks this run, or it has ended: nothing is done, so nothing is traced. */
class NotMine extends Error {}

async function decideBatch(command: Command, { actor, runId, regime }: Walk, run: RunRow): Promise<number> {
  const { communityId } = actor
  const at = new Date(command.now).toISOString()
  const waiting = await readWaiting(command, communityId, { runId, limit: batchPersons })
  const ids = waiting.map((row) => row.person_id)
  await lockPersons(command, communityId, ids)
  const asked = { personIds: ids, moment: { regime, now: command.now } }
  const answers = Map.groupBy(await readAnswers(command, communityId, asked), (one) => one.personId)
  for (const { person_id: personId, building_ids: buildingIds } of waiting) {
    const outcome = refuseUse(answers.get(personId) ?? [], run) === undefined ? "queued" : "stopped"
    await writeMessage(command, communityId, { runId, message: { personId, buildingIds, outcome }, at })
  }
  const { purpose, fields } = run
  const trace = { act: "consent.run_queue", clause: "2.7", purpose, fields, useId: runId }
  command.trace({ ...trace, subjects: waiting.map((row) => row.subject_ref) })
  if (waiting.length < batchPersons)
    await writeRunEnd(command, communityId, { runId, reason: "done", by: null, at })
  return waiting.length
}

/** The server's own hand. */
export function walkerHand({ communityId, tenantId }: { communityId: string; tenantId: string }): Actor {
  const context = reachOf(communityId)
  return { communityId, tenantId, staffId: null, post: "server", client: "server", context }
}

function reachOf(communities: string): Context {
  return { communities, buildings: "*", classes: "", posts: "manager", actor: "" }
}
