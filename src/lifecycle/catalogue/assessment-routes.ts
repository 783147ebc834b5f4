/** Writing an impact assessment, and signing it off by somebody else. Clause 2.11. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import type { Reader } from "../../platform/database.ts"
import type { Http } from "../../platform/http.ts"
import { makePdf } from "../../platform/pdf.ts"
import * as contract from "./assessment-contract.ts"
import { documentOf } from "./assessment-document.ts"
import {
  type AssessmentRow,
  findAssessment,
  listAssessmentRows,
  writeAssessment,
  writeEdition,
  writeSignOff,
} from "./assessment-sql.ts"

const readers: readonly Post[] = ["privacy_officer", "manager", "auditor"]
const officers: readonly Post[] = ["privacy_officer"]
const signers: readonly Post[] = ["privacy_officer", "manager"]

export function assessmentRoutes(http: Http, house: House): void {
  const { door, spine } = house
  printRoute(http, house)

  http.on(contract.listAssessments, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, readers)
    const rows = await listAssessmentRows(readerFor(house, actor))
    return { assessments: rows.map((row) => viewOf(row, spine.clock())) }
  })

  http.on(contract.readAssessment, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, readers)
    return viewOf(await known(readerFor(house, actor), params.assessmentId), spine.clock())
  })

  http.on(contract.beginAssessment, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, officers)
    return act(spine, actor, async (command) => {
      const { assessmentId, purpose, text } = body
      const sent = await findAssessment(command, assessmentId)
      if (sent !== undefined && sent.written_by !== actor.staffId) throw new Refusal("thing.absent")
      if (sent === undefined) {
        const by = stampOf(command, actor)
        await writeAssessment(command, { assessmentId, purpose }, by)
        await writeEdition(command, { assessmentId, edition: 1, text }, by)
      }
      command.trace({ act: "assessment.write", clause: "2.11", purpose, fields: text.fields })
      return viewOf(await known(command, assessmentId), command.now)
    })
  })

  http.on(contract.changeAssessment, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, officers)
    return act(spine, actor, async (command) => {
      const { purpose, edition } = await current(command, params.assessmentId, body.after)
      const next = { assessmentId: params.assessmentId, edition: edition + 1, text: body.text }
      await writeEdition(command, next, stampOf(command, actor))
      command.trace({ act: "assessment.write", clause: "2.11", purpose, fields: body.text.fields })
      return viewOf(await known(command, params.assessmentId), command.now)
    })
  })

  http.on(contract.signAssessment, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, signers)
    return act(spine, actor, async (command) => {
      const row = await current(command, params.assessmentId, body.edition)
      if (row.written_by === actor.staffId) throw new Refusal("assessment.own")
      if (row.signed_by !== null) throw new Refusal("assessment.signed")
      const { purpose, edition } = row
      const signed = { assessmentId: params.assessmentId, edition, post: actor.post }
      await writeSignOff(command, signed, stampOf(command, actor))
      command.trace({ act: "assessment.sign", clause: "2.11", purpose })
      return viewOf(await known(command, params.assessmentId), command.now)
    })
  })
}

function printRoute(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.printAssessment, async ({ params, query, request, reply }) => {
    const actor = await door.actor(request, params.communityId, readers)
    const row = await known(readerFor(house, actor), params.assessmentId)
    const view = viewOf(row, spine.clock())
    const purpose = house.regime().purposes.find(({ code }) => code === view.purpose)
    const bytes = await makePdf(documentOf(view, purpose?.label, query.language))
    return reply
      .header("content-type", "application/pdf")
      .header("content-disposition", `inline; filename="assessment-${view.purpose}-${view.edition}.pdf"`)
      .send(Buffer.from(bytes))
  })
}

function readerFor({ spine }: House, actor: Actor): Reader {
  return { query: (text, values) => spine.database.read(actor.context, text, values) }
}

async function known(reader: Reader, assessmentId: string): Promise<AssessmentRow> {
  const row = await findAssessment(reader, assessmentId)
  if (row === undefined) throw new Refusal("thing.absent")
  return row
}

/** The edition that was read, while it is the newest. Throws `assessment.changed`. */
async function current(command: Command, assessmentId: string, edition: number): Promise<AssessmentRow> {
  await command.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [assessmentId])
  const row = await known(command, assessmentId)
  if (row.edition !== edition) throw new Refusal("assessment.changed")
  return row
}

function stampOf(command: Command, actor: Actor): { staffId: string; at: string } {
  return { staffId: actor.staffId ?? "", at: new Date(command.now).toISOString() }
}

function viewOf(row: AssessmentRow, now: number): contract.AssessmentDetail {
  const text = contract.assessmentText.parse(row.content)
  const isSigned = row.signed_by !== null && row.signed_at !== null
  return {
    assessmentId: row.assessment_id,
    purpose: row.purpose,
    edition: row.edition,
    text,
    writtenBy: { staffId: row.written_by, name: row.written_name },
    writtenAt: row.written_at.toISOString(),
    signed: isSigned
      ? {
          by: { staffId: row.signed_by ?? "", name: row.signed_name ?? "" },
          post: row.post ?? "",
          at: (row.signed_at ?? row.written_at).toISOString(),
        }
      : null,
    isPast: text.reviewBy < new Date(now).toISOString().slice(0, 10),
  }
}
