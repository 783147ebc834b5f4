/** Clause 2.2: no purpose for convenience; identity number and bank card need a cited ground and an assessment. */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { DraftDetail } from "../../src/lifecycle/catalogue/regime-desk-contract.ts"
import { openDesk, sql } from "../orders.ts"
import {
  assessed,
  begin,
  post,
  type RegimeDesk,
  save,
  saved,
  sign,
  staffRegime,
  withPurpose,
  withRow,
} from "../regime-desk.ts"

let room: RegimeDesk
let draft: DraftDetail

beforeAll(async () => {
  room = await staffRegime(await openDesk())
  draft = await begin(room)
})
afterAll(() => room.desk.test.close())

describe("a purpose", () => {
  it.each([
    ["方便管理", "办理泳池入场"],
    ["完善档案", "办理泳池入场"],
    ["备用", "办理泳池入场"],
    ["泳池", "便于以后统一管理"],
    ["泳池", "以 备 不 时 之 需"],
    ["方·便·管·理", "办理泳池入场"],
  ])("called %s, to %s, cannot be created", async (label, service) => {
    const text = withPurpose(draft.text, {
      label: { "zh-CN": label, en: "Pool" },
      service: { "zh-CN": service, en: "Admission to the pool" },
    })
    expect(await save(room, draft, text)).toMatchObject({
      status: 422,
      body: { code: "regime.purpose_convenience", facts: { purpose: "pool" } },
    })
    const rows = await sql(room.desk, "select from app.regime_change where content::text like '%\"pool\"%'")
    expect(rows).toEqual([])
  })

  it("that names the service it is for can", async () => {
    draft = await saved(room, draft, withPurpose(draft.text))
    expect(draft.findings.filter(({ purpose }) => purpose === "pool")).toEqual([])
    expect(draft).toMatchObject({ change: 2, contradictions: [], missing: [] })
  })

  it("without a ground in law can be drafted and not signed", async () => {
    const purposes = draft.text.purposes.map((one) => (one.code === "pool" ? { ...one, basis: "惯例" } : one))
    const wrong = await saved(room, draft, { ...draft.text, purposes })
    expect(wrong.findings).toContainEqual({ code: "no_basis", level: "error", purpose: "pool" })
    expect(await sign(room, wrong, { as: room.officer })).toMatchObject({
      status: 422,
      body: { code: "regime.contradicts" },
    })
    draft = await saved(room, wrong, draft.text)
  })
})

describe("an identity number or a bank card", () => {
  it.each(["id_number", "bank_card"])("%s is not asked for without a cited ground", async (field) => {
    draft = await saved(room, draft, withRow(draft.text, "pool", { [field]: { rule: "optional" } }))
    expect(draft.findings).toContainEqual({ code: "no_ground", level: "error", purpose: "pool", field })
    expect(await sign(room, draft, { as: room.officer })).toMatchObject({
      status: 422,
      body: { code: "regime.lint_failed", facts: { purpose: "pool" } },
    })
    draft = await saved(room, draft, withRow(draft.text, "pool", { [field]: { rule: "forbidden" } }))
  })

  it("is asked for with a ground and a signed assessment", async () => {
    const cell = { rule: "optional" as const, ground: "《民法典》第一千零三十五条" }
    draft = await saved(room, draft, withRow(draft.text, "pool", { id_number: cell }))
    expect((await sign(room, draft, { as: room.officer })).status).toBe(200)
    expect(await sign(room, draft, { as: room.manager })).toMatchObject({
      status: 422,
      body: { code: "regime.assessment_missing", facts: { purpose: "pool" } },
    })
    const assessmentId = randomUUID()
    const body = { assessmentId, purpose: "pool", text: assessed(["id_number"]) }
    await post(room.desk, room.officer, "/assessments", body)
    await post(room.desk, room.manager, `/assessments/${assessmentId}/sign`, { edition: 1 })
    expect(await sign(room, draft, { as: room.manager })).toMatchObject({
      status: 200,
      body: { state: "active", version: 2 },
    })
  })
})
