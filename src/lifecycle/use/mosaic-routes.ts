/** The map of exposure: who has put together how much of which household. Clause 1.5. */

import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { fieldClasses, fieldOf } from "../catalogue/field.ts"
import type { MosaicRules } from "../catalogue/mosaic-shape.ts"
import { mosaicOf } from "../catalogue/mosaic-v1.ts"
import * as contract from "./cap-contract.ts"
import { exposureOf, exposureState } from "./mosaic.ts"
import { type ExposureRow, readNames } from "./mosaic-sql.ts"

const officers: readonly Post[] = ["manager", "privacy_officer", "auditor"]

export function mosaicRoutes(http: Http, house: House): void {
  const { spine, door, caps } = house

  http.on(contract.listExposure, async ({ params, query, request }) => {
    const actor = await door.actor(request, params.communityId, officers)
    return look(spine, actor, async () => {
      const rows = await caps.exposure(params.communityId, query.home)
      const ids = {
        staffIds: [...new Set(rows.map((row) => row.staff_id))],
        homeIds: [...new Set(rows.map((row) => row.home_id))],
      }
      const names = await readNames(wholeReader(house, actor), params.communityId, ids)
      const rules = mosaicOf(house.regime())
      const { days, applyAt, refuseAt } = rules
      return {
        trace: { act: "mosaic.list", clause: "1.5" },
        answer: { days, applyAt, refuseAt, rows: exposuresOf(rules, rows, names) },
      }
    })
  })
}

/** A place by itself names nobody: officers, whose level opens no roster, are told it by the server's own hand. */
function wholeReader({ spine }: House, { context }: Actor) {
  const whole = { ...context, buildings: "*", posts: "manager" }
  return {
    query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
      spine.database.read<Row>(whole, text, values),
  }
}

type Names = Awaited<ReturnType<typeof readNames>>

function exposuresOf(rules: MosaicRules, rows: readonly ExposureRow[], names: Names) {
  const pairs = [...Map.groupBy(rows, (row) => `${row.staff_id} ${row.home_id}`).values()]
  return pairs
    .flatMap((pieces) => {
      const [first] = pieces
      if (first === undefined) return []
      const exposure = exposureOf(rules, pieces)
      return {
        staffId: first.staff_id,
        name: names.staff.get(first.staff_id) ?? "—",
        homeId: first.home_id,
        place: names.homes.get(first.home_id) ?? null,
        exposure,
        state: exposureState(rules, exposure),
        lastAt: new Date(Math.max(...pieces.map(({ last_at: at }) => at.getTime()))).toISOString(),
        classes: classesOf(rules, pieces),
      }
    })
    .toSorted((a, b) => b.exposure - a.exposure)
}

function classesOf(rules: MosaicRules, pieces: readonly ExposureRow[]) {
  return fieldClasses.flatMap((kind) => {
    const fields = pieces.filter(({ field }) => fieldOf(field).class === kind)
    if (fields.length === 0) return []
    return {
      class: kind,
      exposure: exposureOf(rules, fields),
      fields: fields.map(({ field, subjects }) => ({ field, subjects })),
    }
  })
}
