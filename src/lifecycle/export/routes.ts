/** Copies that leave: count, apply, have made, see the password once, download once. Clause 4.7. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { applyForUse } from "../apply/apply.ts"
import { mostPersonsOf } from "../catalogue/approvals-v1.ts"
import * as contract from "./contract.ts"
import { columnsOf, copyStateOf } from "./copy.ts"
import { copyFacts, recipientOf } from "./copy-facts.ts"
import type { Exporter } from "./exporter.ts"
import { leakRoutes } from "./leak-routes.ts"
import { download, requestCopy, showPassword } from "./leave.ts"
import { stayingBehind } from "./lent.ts"
import { type Asked, type CopyRow, listCopies, listHomesOf } from "./sql.ts"

const applies: readonly Post[] = ["clerk", "supervisor", "manager"]
const reads: readonly Post[] = [...applies, "archivist", "privacy_officer", "auditor"]

const types = {
  export: { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ending: "xlsx" },
  print: { type: "application/pdf", ending: "pdf" },
} as const

export function exportRoutes(http: Http, house: House, exporter: Exporter): void {
  askRoutes(http, house)
  listRoutes(http, house, exporter)
  copyRoutes(http, house, exporter)
  leakRoutes(http, house)
}

interface Wanted {
  readonly buildingIds: readonly string[]
  readonly homeIds: readonly string[]
}

async function countOf(asked: Asked, { communityId }: Actor, wanted: Wanted) {
  const homes = await listHomesOf(asked, communityId, wanted)
  return {
    homeIds: homes.map((row) => row.home_id),
    persons: [...new Set(homes.flatMap((row) => row.persons))],
  }
}

function askRoutes(http: Http, house: House): void {
  const { spine, door } = house

  http.on(contract.countExport, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, applies)
    return look(spine, actor, async (reader) => {
      const { homeIds, persons } = await countOf(reader, actor, body)
      return {
        trace: { act: "export.count", clause: "4.7", fields: body.fields },
        answer: {
          homes: homeIds.length,
          rows: persons.length,
          children: (await stayingBehind(house, actor.communityId, persons)).size,
          columns: columnsOf(body.fields).length,
          most: mostPersonsOf(house.regime(), "export"),
        },
      }
    })
  })

  http.on(contract.applyForExport, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, applies)
    const asked: Asked = { query: (text, values) => spine.database.read(actor.context, text, values ?? []) }
    const { homeIds, persons } = await countOf(asked, actor, body)
    if (persons.length !== body.rows) throw new Refusal("export.count_changed")
    const { applicationId, purpose, requestNumber, fields, form, hours } = body
    const use = { applicationId, purpose, requestNumber, fields, form, hours, homeIds, personIds: [] }
    await applyForUse(house, actor, { ...use, single: true, older: false })
    return { applicationId }
  })
}

function listRoutes(http: Http, { spine, door }: House, exporter: Exporter): void {
  http.on(contract.listExports, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, reads)
    return look(spine, actor, async (reader) => {
      const { after, limit, scope } = query
      const applicant = scope === "mine" ? actor.staffId : null
      const rows = await listCopies(reader, actor.communityId, { applicant, after, limit })
      const shown = rows.slice(0, limit)
      return {
        trace: { act: "export.list", clause: "4.7" },
        answer: {
          copies: shown.map((row) => ({
            ...viewOf(row, reader.now),
            progress: exporter.progress(row.copy_id),
            isOwn: row.applicant === actor.staffId,
          })),
          next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null,
        },
      }
    })
  })
}

function copyRoutes(http: Http, house: House, exporter: Exporter): void {
  const { door } = house

  http.on(contract.makeExport, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, applies)
    const copyId = await requestCopy(house, actor, params.applicationId)
    exporter.begin(actor, copyId)
    return { copyId }
  })

  http.on(contract.showExportPassword, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, applies)
    return { password: await showPassword(house, actor, params.copyId) }
  })

  http.on(contract.downloadExport, async ({ params, request, reply }) => {
    const actor = await door.actor(request, params.communityId, applies)
    const { name, form, bytes } = await download(house, actor, params.copyId)
    const { type, ending } = types[form]
    return reply
      .header("content-type", type)
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="${name}.${ending}"`)
      .send(bytes)
  })
}

function viewOf(row: CopyRow, now: number) {
  return {
    copyId: row.copy_id,
    applicationId: row.application_id,
    number: row.number,
    form: row.form,
    columns: row.columns,
    persons: row.persons,
    state: copyStateOf(copyFacts(row), now),
    recipient: recipientOf(row),
    outside: row.outside,
    at: row.at.toISOString(),
    validUntil: row.valid_until.toISOString(),
    passwordShownAt: row.shown_at?.toISOString() ?? null,
    takenAt: row.taken_at?.toISOString() ?? null,
  }
}
