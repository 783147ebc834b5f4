/** Copies over HTTP, as people apply for, have made, open and download them. */

import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import { approve } from "./applications.ts"
import {
  fillRoster,
  makeCommunity,
  type Reply,
  send,
  syntheticRoster,
  type TestHouse,
  type TestStaff,
} from "./house.ts"
import { at, type Desk, done } from "./orders.ts"

/** A community of three buildings with forty households each. */
export async function openStreet(test: TestHouse, number = 3): Promise<Desk> {
  const community = await makeCommunity(test, number)
  const manager = await fillRoster(test, community, syntheticRoster(120, 3))
  return { test, community, manager, residents: {} }
}

export async function plantDecoys(desk: Desk, officer: TestStaff, count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) done(await addDecoy(desk, officer, { nth }))
}

export function addDecoy(
  desk: Desk,
  as: TestStaff,
  { nth = 0, ...said }: { nth?: number; home?: string; phone?: string },
): Promise<Reply> {
  const home = `${1 + (nth % 3)}栋1单元9${String(nth).padStart(2, "0")}`
  const body = { decoyId: randomUUID(), home, name: "周宁", phone: `1390000${8000 + nth}`, ...said }
  return send(desk.test, `POST ${at(desk, "/decoys")}`, { as, body })
}

export interface ExportWish {
  readonly applicationId?: string
  readonly buildingIds?: readonly string[]
  readonly fields?: readonly string[]
  readonly form?: "export" | "print"
  readonly rows?: number
  readonly hours?: number
}

export async function count(
  desk: Desk,
  as: TestStaff,
  { buildingIds = ["1", "2"], fields = ["name", "phone"] }: ExportWish = {},
) {
  return send(desk.test, `POST ${at(desk, "/exports/count")}`, { as, body: { buildingIds, fields } })
}

export function tryExport(desk: Desk, as: TestStaff, wish: ExportWish = {}): Promise<Reply> {
  const body = {
    applicationId: randomUUID(),
    purpose: "move_in",
    requestNumber: "物函〔2026〕12号",
    buildingIds: ["1", "2"],
    fields: ["name", "phone"],
    form: "export",
    hours: 8,
    rows: 80,
    ...wish,
  }
  return send(desk.test, `POST ${at(desk, "/exports")}`, { as, body })
}

/** Applied for and signed by everybody whom the rules ask. */
export async function grantedExport(
  desk: Desk,
  as: TestStaff,
  { signers, ...wish }: ExportWish & { signers: readonly TestStaff[] },
): Promise<string> {
  const id = String(done(await tryExport(desk, as, wish)).body["applicationId"])
  for (const signer of signers) done(await approve(desk, signer, id))
  return id
}

export function make(desk: Desk, as: TestStaff, applicationId: string): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/applications/${applicationId}/export`)}`, { as, body: {} })
}

export function listCopies(desk: Desk, as: TestStaff, scope = "mine"): Promise<Reply> {
  return send(desk.test, `GET ${at(desk, `/exports?scope=${scope}`)}`, { as })
}

export async function stateOf(desk: Desk, as: TestStaff, copyId: string): Promise<string> {
  const { copies } = done(await listCopies(desk, as)).body
  const found = Array.isArray(copies) ? copies.find((one) => one.copyId === copyId) : undefined
  return String(found?.state)
}

/** Has it made and waits until it is. */
export async function readyCopy(desk: Desk, as: TestStaff, applicationId: string): Promise<string> {
  const copyId = String(done(await make(desk, as, applicationId)).body["copyId"])
  await untilReady(desk, as, copyId)
  return copyId
}

export async function untilReady(desk: Desk, as: TestStaff, copyId: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const state = await stateOf(desk, as, copyId)
    if (state === "ready") return
    if (state !== "making") throw new Error(`the copy is ${state}`)
    await sleep(100)
  }
  throw new Error("the copy was never made")
}

export function password(desk: Desk, as: TestStaff, copyId: string): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/exports/${copyId}/password`)}`, { as, body: {} })
}

export function download({ test, community }: Desk, as: TestStaff, copyId: string) {
  return test.app.inject({
    method: "POST",
    url: at({ community }, `/exports/${copyId}/download`),
    payload: {},
    cookies: { hudun_session: as.cookie },
  })
}

export function traceText(desk: Desk, as: TestStaff, text: string): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, "/leaks/text")}`, { as, body: { text } })
}
