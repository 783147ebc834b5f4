/** Forms filled in over HTTP: at the desk, and from a phone without a session. */

import { randomUUID } from "node:crypto"
import type { FieldCode } from "../src/lifecycle/catalogue/field.ts"
import { onPaper, signature } from "./consents.ts"
import { type Reply, send, type TestStaff } from "./house.ts"
import { at, type Desk } from "./orders.ts"

/** Invented values that the catalogue can read. The home is one of building 1. */
export const samples: Readonly<Partial<Record<FieldCode, string>>> = {
  name: "章秀兰",
  title: "章女士",
  phone: "13900007777",
  landline: "010-62345678",
  home: "1栋1单元101",
  id_number: "110105491231002",
  plate: "京B77777",
  bank_card: "6222021001116245702",
  area: "89.5",
  birth_date: "1949-12-31",
  sex: "女",
  email: "someone@example.com",
}

export function sample(field: FieldCode): string {
  return samples[field] ?? "某项内容"
}

export interface Filling {
  readonly purpose: string
  readonly values: Readonly<Record<string, string>>
  readonly agreed?: readonly string[]
  readonly features?: readonly string[]
  readonly sheet?: number
  readonly submissionId?: string
  /** Signed unless told otherwise; null: nothing shows a consent. */
  readonly consent?: object | null
}

function consentOf({ agreed, consent, sheet }: Omit<Filling, "purpose" | "values">): object {
  if (consent === null || (consent === undefined && (agreed ?? []).length === 0)) return {}
  const { place, scan } = onPaper
  const evidence = sheet === undefined ? { kind: "signature", signature } : { kind: "paper", place, scan }
  return { consent: consent ?? { language: "zh-CN", evidence } }
}

export function fillIn(desk: Desk, as: TestStaff, filling: Filling): Promise<Reply> {
  const { consent: _consent, ...rest } = filling
  const body = { submissionId: randomUUID(), ...rest, ...consentOf(filling) }
  return send(desk.test, `POST ${at(desk, "/forms")}`, { as, body })
}

/** The code that hangs at the counter for a purpose. */
export async function hang(
  desk: Desk,
  as: TestStaff,
  purpose: string,
): Promise<{ code: string; linkId: string }> {
  const linkId = randomUUID()
  const reply = await send(desk.test, `POST ${at(desk, "/form-links")}`, { as, body: { linkId, purpose } })
  const links: unknown = reply.body["links"]
  const [made] = Array.isArray(links) ? links.filter((one) => one.linkId === linkId) : []
  if (made === undefined) throw new Error(`no code: ${reply.text}`)
  return { code: String(made.code), linkId }
}

let phones = 0

/** Each phone has an address of its own unless told otherwise. */
export async function sendIn(
  { test }: Desk,
  code: string,
  filling: Omit<Filling, "purpose">,
  address?: string,
): Promise<Reply> {
  phones += 1
  const { consent: _consent, ...rest } = filling
  const reply = await test.app.inject({
    method: "POST",
    url: `/api/public/forms/${code}`,
    payload: { submissionId: randomUUID(), ...rest, ...consentOf(filling) },
    remoteAddress: address ?? `10.9.${phones >> 8}.${phones & 255}`,
  })
  return { status: reply.statusCode, body: reply.json(), text: reply.body }
}

export interface Change {
  readonly state?: "in_use" | "stopped"
  readonly purposes?: readonly string[]
  readonly fields?: readonly string[]
}

/** The officer writes a new version of a channel, answered for by herself unless she stops it. */
export async function register(
  desk: Desk,
  officer: TestStaff,
  channel: string,
  change: Change,
): Promise<Reply> {
  const list = await send(desk.test, `GET ${at(desk, "/channels")}`, { as: officer })
  const channels: unknown = list.body["channels"]
  const [before] = Array.isArray(channels) ? channels.filter((one) => one.channel === channel) : []
  const body = {
    version: before.version,
    state: before.state,
    purposes: before.purposes,
    fields: before.fields,
    responsible: officer.staffId,
    ...change,
  }
  return send(desk.test, `PUT ${at(desk, `/channels/${channel}`)}`, { as: officer, body })
}
