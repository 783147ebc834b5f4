/** The regime in force, for everybody who is signed in: it holds no personal data. Clauses 1.6, 2.3. */

import type { House } from "../../house.ts"
import type { Http } from "../../platform/http.ts"
import { assessmentRoutes } from "./assessment-routes.ts"
import { readRegime } from "./contract.ts"
import { draftRoutes } from "./draft-routes.ts"
import { fieldCodes } from "./field.ts"
import { mask } from "./mask.ts"
import { cell } from "./regime.ts"
import { activeSince } from "./sql.ts"

/** Invented values: what a mask of each kind looks like. */
const examples: Readonly<Record<string, string>> = {
  name: "张三丰",
  phone: "13800001234",
  landline: "010-62345678",
  home: "3栋1单元1001",
  id_number: "110105194912310021",
  plate: "京A12345",
  email: "someone@example.com",
  bank_card: "6222021001116245702",
  birth_date: "1949-12-31",
}

export function catalogueRoutes(http: Http, house: House): void {
  const { door, spine, regime } = house
  draftRoutes(http, house)
  assessmentRoutes(http, house)
  http.on(readRegime, async ({ request }) => {
    await door.session(request)
    const now = regime()
    const since = await activeSince(spine.database, now.version)
    return {
      version: now.version,
      activeSince: since,
      fields: now.fields.map((field) => ({
        code: field.code,
        label: field.label,
        class: field.class,
        sensitivity: field.sensitivity,
        maskExample: mask(field.code, examples[field.code] ?? ""),
        retention: field.retention,
        law: [...field.law],
      })),
      purposes: now.purposes.map(({ code, label, service, basis, isShared, isPublished }) => ({
        code,
        label,
        service,
        basis,
        isShared,
        isPublished,
        cells: Object.fromEntries(fieldCodes.map((field) => [field, cell(now, code, field)])),
      })),
      posts: now.posts.map(({ post, level, classes, secondFactor }) => ({
        code: post,
        level,
        classes: [...classes],
        secondFactor,
      })),
      retention: now.retention.map(({ code, label }) => ({ code, label })),
    }
  })
}
