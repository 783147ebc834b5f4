/** Uses that run on consent: starting, watching, looking, stopping. Clauses 2.5–2.7. */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { card } from "../store/contract.ts"
import { lookInRun, startRun, stopRun } from "./run.ts"
import * as contract from "./run-contract.ts"
import { listRuns, readRun, readRunPersons } from "./run-sql.ts"
import { runView } from "./views.ts"

const starters = ["supervisor", "manager"] as const
const readers = [...starters, "privacy_officer", "auditor"] as const

export function consentRunRoutes(http: Http, house: House): void {
  const { spine, door } = house

  http.on(contract.listConsentRuns, async ({ params: { communityId }, request }) => {
    const { context } = await door.actor(request, communityId, readers)
    const rows = await listRuns(
      { query: (text, values = []) => spine.database.read(context, text, values) },
      communityId,
    )
    return { runs: rows.map(runView) }
  })

  http.on(contract.startConsentRun, async ({ params: { communityId }, body, request }) => {
    const actor = await door.actor(request, communityId, starters)
    await startRun(house, actor, body)
    return readOne(house, actor, body.runId)
  })

  http.on(contract.readConsentRun, async ({ params: { communityId, runId }, request }) =>
    readOne(house, await door.actor(request, communityId, starters), runId),
  )

  http.on(contract.lookInConsentRun, async ({ params: { communityId, runId }, body, request }) => {
    const actor = await door.actor(request, communityId, starters)
    return lookInRun(house, actor, { ...body, runId })
  })

  http.on(contract.stopConsentRun, async ({ params: { communityId, runId }, request }) => {
    const actor = await door.actor(request, communityId, starters)
    await stopRun(house, actor, runId)
    return readOne(house, actor, runId)
  })
}

function readOne(house: House, actor: Actor, runId: string) {
  const { communityId } = actor
  return look(house.spine, actor, async (reader) => {
    const run = await readRun(reader, communityId, runId)
    if (run === undefined) throw new Refusal("thing.absent")
    const rows = await readRunPersons(reader, communityId, { runId })
    const subjects = rows.map((row) => row.subject_ref)
    const persons = rows.map((row) => ({ card: card.parse(JSON.parse(row.card)), outcome: row.outcome }))
    return {
      trace: {
        act: "consent.run_read",
        clause: "2.5",
        purpose: run.purpose,
        useId: runId,
        subjects,
        fields: ["name", "phone", "home"],
      },
      answer: { ...runView(run), persons },
    }
  })
}
