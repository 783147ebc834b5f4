/** Attempts, rulings and lessons over HTTP. Clause 2.4. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { sqlState } from "../../platform/database.ts"
import type { Http } from "../../platform/http.ts"
import { type Post, posts } from "../people/post.ts"
import { decideRuling } from "./attempt.ts"
import {
  type AttemptRow,
  countOpen,
  listAttempts,
  type NewRuling,
  readAttempt,
  writeRuling,
} from "./attempt-sql.ts"
import * as contract from "./contract.ts"
import { refusePersons } from "./lesson.ts"
import { listLessons, staffNames, writeLesson } from "./lesson-sql.ts"
import { readerOf } from "./reader.ts"
import { attemptView, lessonView } from "./views.ts"

export const supervising: readonly Post[] = ["supervisor", "manager", "privacy_officer"]
const uniqueViolation = "23505"

/** What every such case stands under: what is not necessary is not collected. */
const clauseOfLessons = "2.3"

export function attemptRoutes(http: Http, house: House): void {
  const { door } = house

  http.on(contract.listAttempts, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, supervising)
    const { state, after, limit } = query
    if (after !== undefined && !/^\d{1,19}$/.test(after))
      throw new Refusal("request.malformed", { field: "after" })
    const reader = readerOf(house, actor)
    const rows = await listAttempts(reader, { communityId: actor.communityId, state, after, limit })
    const shown = rows.slice(0, limit)
    return {
      attempts: shown.map(attemptView),
      next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
      open: await countOpen(reader, actor.communityId),
    }
  })

  http.on(contract.ruleOnAttempt, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, supervising)
    const ruling = { ...body, attemptId: params.attemptId }
    await rule(house, { actor, ruling }, async (command) => {
      command.trace({ act: `attempt.${body.verdict}`, clause: "2.4" })
    })
    return readView(house, actor, params.attemptId)
  })
}

export function lessonRoutes(http: Http, house: House): void {
  const { door } = house

  http.on(contract.teachAttempt, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, supervising)
    const { attemptId } = params
    const ruling = { rulingId: body.lessonId, attemptId, verdict: "teach" as const }
    await rule(house, { actor, ruling }, async (command, { field, purpose }) => {
      refusePersons([body.zh, body.en], await staffNames(command, actor.tenantId))
      const at = new Date(command.now).toISOString()
      await writeLesson(command, actor, { ...body, attemptId, field, purpose, clause: clauseOfLessons, at })
      const about = { fields: [field], ...(purpose === null ? {} : { purpose }) }
      command.trace({ act: "attempt.teach", clause: "2.4", ...about })
    })
    return readView(house, actor, attemptId)
  })

  http.on(contract.listLessons, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, posts)
    const rows = await listLessons(readerOf(house, actor), actor.communityId, query.field)
    return { lessons: rows.map(lessonView) }
  })
}

interface Ruling {
  readonly actor: Actor
  readonly ruling: Omit<NewRuling, "at">
}

async function rule(
  { spine }: House,
  { actor, ruling }: Ruling,
  beside: (command: Command, row: AttemptRow) => Promise<void>,
): Promise<void> {
  const done = act(spine, actor, async (command) => {
    const row = await readAttempt(command, actor.communityId, ruling.attemptId)
    if (row === undefined) throw new Refusal("thing.absent")
    const judged = { actor: row.actor, verdicts: row.rulings.map(({ verdict }) => verdict) }
    const judge = { staffId: actor.staffId ?? "", posts: actor.context.posts.split(",") }
    decideRuling(judged, judge, ruling.verdict)
    await writeRuling(command, actor, { ...ruling, at: new Date(command.now).toISOString() })
    await beside(command, row)
  })
  await done.catch((error: unknown) => {
    // Two that rule at the same moment meet at a key.
    throw sqlState(error) === uniqueViolation ? new Refusal("attempt.ruled_on") : error
  })
}

async function readView(house: House, actor: Actor, attemptId: string) {
  const row = await readAttempt(readerOf(house, actor), actor.communityId, attemptId)
  if (row === undefined) throw new Refusal("thing.absent")
  return attemptView(row)
}
