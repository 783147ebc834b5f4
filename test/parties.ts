/** Third parties over HTTP, as people enter, sign, share under and close them. */

import { randomUUID } from "node:crypto"
import { approve } from "./applications.ts"
import { type Reply, send, type TestStaff } from "./house.ts"
import { at, type Desk, done } from "./orders.ts"
import { assessed } from "./regime-desk.ts"

const dayMilliseconds = 86_400_000

/** A day from now, as the desk's clock has it. */
export function dayIn(desk: Desk, days: number): string {
  return new Date(Date.now() + desk.test.time.ahead + days * dayMilliseconds + 8 * 3_600_000)
    .toISOString()
    .slice(0, 10)
}

/** One pixel. */
export const tinyPng =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="

export function post(desk: Desk, as: TestStaff, path: string, body: object = {}): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, path)}`, { as, body })
}

/** Written by one officer, signed by another or a manager. */
export async function assess(
  desk: Desk,
  { by, signer, purpose = "repair", said = {} }: AssessedBy,
): Promise<void> {
  const assessmentId = randomUUID()
  const text = assessed([], { isShared: true, ...said })
  done(await post(desk, by, "/assessments", { assessmentId, purpose, text }))
  done(await post(desk, signer, `/assessments/${assessmentId}/sign`, { edition: 1 }))
}

interface AssessedBy {
  readonly by: TestStaff
  readonly signer: TestStaff
  readonly purpose?: string
  readonly said?: object
}

/** A lift company that may be told the phone for repairs. */
export function enter(desk: Desk, as: TestStaff, said: object = {}): Promise<Reply> {
  const body = {
    partyId: randomUUID(),
    name: "安顺电梯有限公司",
    kind: "processor",
    contractNumber: "梯维〔2026〕8号",
    from: dayIn(desk, -1),
    until: dayIn(desk, 100),
    responsible: desk.manager.staffId,
    scope: [{ purpose: "repair", fields: ["title", "phone"] }],
    ...said,
  }
  return post(desk, as, "/parties", body)
}

export async function liveParty(
  desk: Desk,
  { manager, officer, ...said }: { manager: TestStaff; officer: TestStaff } & Record<string, unknown>,
): Promise<string> {
  const partyId = randomUUID()
  done(await enter(desk, manager, { partyId, ...said }))
  done(await post(desk, officer, `/parties/${partyId}/sign`, { verdict: "signed" }))
  return partyId
}

export async function parties(desk: Desk, as: TestStaff) {
  return listOf(done(await send(desk.test, `GET ${at(desk, "/parties")}`, { as })).body["parties"])
}

export function share(desk: Desk, as: TestStaff, said: object): Promise<Reply> {
  const body = {
    applicationId: randomUUID(),
    purpose: "repair",
    fields: ["phone"],
    form: "share",
    buildingIds: ["1"],
    hours: 8,
    keepUntil: dayIn(desk, 30),
    rows: 3,
    ...said,
  }
  return post(desk, as, "/sharings", body)
}

export async function sharedWith(
  desk: Desk,
  as: TestStaff,
  { signers, ...said }: { signers: readonly TestStaff[] } & Record<string, unknown>,
): Promise<string> {
  const id = String(done(await share(desk, as, said)).body["applicationId"])
  for (const signer of signers) done(await approve(desk, signer, id))
  return id
}

export async function ledger(desk: Desk, as: TestStaff, show = "all") {
  const reply = done(await send(desk.test, `GET ${at(desk, `/sharings?show=${show}`)}`, { as }))
  const { overdue, next } = reply.body
  return { overdue, next, sharings: listOf(reply.body["sharings"]) }
}

export async function sharingOf(desk: Desk, as: TestStaff, id: string) {
  const { sharings } = await ledger(desk, as)
  const found = sharings.find((one) => one["applicationId"] === id)
  if (found === undefined) throw new Error("no such sharing")
  return found
}

export function listOf(value: unknown): Record<string, unknown>[] {
  if (!Array.isArray(value)) throw new Error("no list")
  return value.map((one: object) => ({ ...one }))
}
