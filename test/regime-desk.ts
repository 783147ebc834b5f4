/** The regime changed over HTTP: drafts, signatures, assessments. */

import { randomUUID } from "node:crypto"
import type { DraftDetail, RegimeTextView } from "../src/lifecycle/catalogue/regime-desk-contract.ts"
import { draftDetail } from "../src/lifecycle/catalogue/regime-desk-contract.ts"
import { type Reply, send, type TestStaff } from "./house.ts"
import { at, type Desk, done, hire } from "./orders.ts"

export interface RegimeDesk {
  readonly desk: Desk
  readonly officer: TestStaff
  readonly other: TestStaff
  readonly manager: TestStaff
}

export async function staffRegime(desk: Desk): Promise<RegimeDesk> {
  const officer = await hire(desk, "privacy_officer")
  const other = await hire(desk, "privacy_officer")
  return { desk, officer, other, manager: desk.manager }
}

const detail = (reply: Reply): DraftDetail => draftDetail.parse(done(reply).body)

export function post(desk: Desk, as: TestStaff, path: string, body: object = {}): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, path)}`, { as, body })
}

export async function begin(
  { desk, officer }: RegimeDesk,
  backTo: number | null = null,
): Promise<DraftDetail> {
  const body = { draftId: randomUUID(), title: "试改", backTo }
  return detail(await post(desk, officer, "/regime/drafts", body))
}

export function save(
  { desk, officer }: RegimeDesk,
  draft: DraftDetail,
  text: RegimeTextView,
): Promise<Reply> {
  return post(desk, officer, `/regime/drafts/${draft.draftId}/changes`, { after: draft.change, text })
}

export async function saved(
  room: RegimeDesk,
  draft: DraftDetail,
  text: RegimeTextView,
): Promise<DraftDetail> {
  return detail(await save(room, draft, text))
}

export function sign(
  { desk }: RegimeDesk,
  { draftId, change }: DraftDetail,
  { as, activeSince = null }: { as: TestStaff; activeSince?: string | null },
): Promise<Reply> {
  return post(desk, as, `/regime/drafts/${draftId}/sign`, { change, activeSince })
}

/** Signed by the officer, then by the manager. */
export async function activate(room: RegimeDesk, draft: DraftDetail): Promise<DraftDetail> {
  done(await sign(room, draft, { as: room.officer }))
  return detail(await sign(room, draft, { as: room.manager }))
}

type Matrix = RegimeTextView["matrix"]

/** The text with these cells in one row. */
export function withRow(text: RegimeTextView, purpose: string, row: Matrix[string]): RegimeTextView {
  return { ...text, matrix: { ...text.matrix, [purpose]: { ...text.matrix[purpose], ...row } } }
}

/** The text with a purpose that takes a phone and whatever else is told. */
export function withPurpose(
  text: RegimeTextView,
  more: Partial<RegimeTextView["purposes"][number]> = {},
  row: Matrix[string] = {},
): RegimeTextView {
  const purpose = {
    code: "pool",
    label: { "zh-CN": "泳池", en: "Pool" },
    service: { "zh-CN": "办理泳池入场", en: "Admission to the pool" },
    basis: "PIPL 13(2) contract",
    isShared: false,
    isPublished: false,
    ...more,
  }
  const matrix = { ...text.matrix, [purpose.code]: { phone: { rule: "required" as const }, ...row } }
  return { ...text, purposes: [...text.purposes, purpose], matrix }
}

export const assessed = (fields: readonly string[], more: object = {}) => ({
  fields,
  isShared: false,
  isPublished: false,
  processing: "泳池入场前核对健康承诺，只看是否适合下水，不留存病名。",
  lawful: "为业主办理入场所必需，经本人单独同意，可以随时撤回。",
  influence: "泄露会使人难堪；只有值班救生员能看到，看过即走。",
  measures: "加密保存，按次准用，离场当天删除，每次查看留痕。",
  risk: "middle",
  reviewBy: "2099-01-01",
  ...more,
})
