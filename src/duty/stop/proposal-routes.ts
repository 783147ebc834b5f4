/** Proposals of new fields, and training, over HTTP. Clauses 2.4, 6.2. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act } from "../../ledger/spine.ts"
import { keptOf } from "../../lifecycle/text/kept.ts"
import { sqlState } from "../../platform/database.ts"
import type { Http } from "../../platform/http.ts"
import { isDone } from "../people/contract.ts"
import { type Post, posts } from "../people/post.ts"
import * as contract from "./proposal-contract.ts"
import { listProposals, readProposal, readStanding, writeAnswer, writeProposal } from "./proposal-sql.ts"
import { readerOf } from "./reader.ts"
import { barOf, dayOf } from "./standing.ts"
import { listTrained, writeTraining } from "./training-sql.ts"
import { proposalView, trainedView } from "./views.ts"

const answering: readonly Post[] = ["privacy_officer"]
const training: readonly Post[] = ["manager", "privacy_officer"]
const uniqueViolation = "23505"

export function proposalRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listProposals, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, posts)
    const bar = await barred(house, actor)
    const facts = Object.entries(bar?.facts ?? {}).map(([name, fact]): [string, string] => [
      name,
      String(fact),
    ])
    return {
      proposals: (await listProposals(readerOf(house, actor), actor.communityId)).map(proposalView),
      barred: bar === undefined ? null : { code: bar.code, facts: Object.fromEntries(facts) },
    }
  })

  http.on(contract.propose, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, posts)
    const bar = await barred(house, actor)
    if (bar !== undefined) throw bar
    const kept = keptOf(body.why, body.kept ?? [])
    await act(spine, actor, async (command) => {
      await writeProposal(command, actor, { ...body, at: new Date(command.now).toISOString() })
      command.trace({ act: "proposal.make", clause: "2.4" })
      const kinds = [...new Set(kept.map(({ kind }) => kind))]
      if (kinds.length > 0) command.trace({ act: "text.keep", clause: "2.9", fields: kinds })
    })
    return readView(house, actor, body.proposalId)
  })

  http.on(contract.answerProposal, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, answering)
    const { proposalId } = params
    await act(spine, actor, async (command) => {
      const row = await readProposal(command, actor.communityId, proposalId)
      if (row === undefined) throw new Refusal("thing.absent")
      if (row.by_staff === actor.staffId) throw new Refusal("attempt.own")
      if (row.verdict !== null) throw new Refusal("attempt.ruled_on")
      const at = new Date(command.now).toISOString()
      await writeAnswer(command, actor, { proposalId, staffId: row.by_staff, verdict: body.verdict, at })
      command.trace({ act: "proposal.answer", clause: "2.4" })
    }).catch((error: unknown) => {
      throw sqlState(error) === uniqueViolation ? new Refusal("attempt.ruled_on") : error
    })
    return readView(house, actor, proposalId)
  })
}

export function trainingRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.listTraining, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, training)
    const now = spine.clock()
    const rows = await listTrained(readerOf(house, actor), actor, new Date(now).toISOString())
    return { staff: rows.map((row) => trainedView(row, dayOf(now))) }
  })

  http.on(contract.recordTraining, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, training)
    if (body.staffId === actor.staffId) throw new Refusal("training.own")
    await act(spine, actor, async (command) => {
      const at = new Date(command.now).toISOString()
      const here = await listTrained(command, actor, at)
      if (!here.some((one) => one.staff_id === body.staffId)) throw new Refusal("thing.absent")
      if (body.passedOn > dayOf(command.now)) throw new Refusal("request.malformed", { field: "passedOn" })
      await writeTraining(command, actor, { ...body, at })
      command.trace({ act: "training.record", clause: "6.2" })
    })
    return isDone
  })
}

/** At the moment of decision, not when somebody signed in. Clause 6.2. */
async function barred(house: House, actor: Actor): Promise<Refusal | undefined> {
  const standing = await readStanding(readerOf(house, actor), actor.communityId, actor.staffId ?? "")
  return barOf(standing, dayOf(house.spine.clock()))
}

async function readView(house: House, actor: Actor, proposalId: string) {
  const row = await readProposal(readerOf(house, actor), actor.communityId, proposalId)
  if (row === undefined) throw new Refusal("thing.absent")
  return proposalView(row)
}
