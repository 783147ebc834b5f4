/** Statistics, on a page and as a workbook. Clause 4.13. */

import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import * as contract from "./contract.ts"
import { tellStatistics } from "./count.ts"
import { writeStatistics } from "./sheet.ts"
import { sheetWords } from "./words.ts"

/** Whoever reaches the whole community: a table of some buildings would be another table. */
const reads: readonly Post[] = ["manager", "privacy_officer", "auditor"]

export function statisticsRoutes(http: Http, house: House): void {
  const { door, spine } = house

  http.on(contract.readStatistics, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, reads)
    const told = await tellStatistics(house, actor, query.month)
    await act(spine, actor, async (command) => command.trace({ act: "statistics.read", clause: "4.13" }))
    return told
  })

  http.on(contract.exportStatistics, async ({ params, body, request, reply }) => {
    const actor = await door.actor(request, params.communityId, reads)
    const told = await tellStatistics(house, actor, body.month)
    await act(spine, actor, async (command) => command.trace({ act: "statistics.export", clause: "4.13" }))
    const bytes = await writeStatistics(told, sheetWords)
    return reply
      .header("content-type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
      .header("cache-control", "no-store")
      .header("content-disposition", `attachment; filename="statistics-${told.month}.xlsx"`)
      .send(Buffer.from(bytes))
  })
}
