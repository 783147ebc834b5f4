/** Consent at work: texts by the officer, answers at the desk, all over HTTP. */

import { randomUUID } from "node:crypto"
import { type Reply, send, type TestStaff } from "./house.ts"
import { at, type Desk, done } from "./orders.ts"

/** One pixel. */
export const signature =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

const signed = { kind: "signature", signature } as const
export const onPaper = { kind: "paper", number: "T-2026-0001", place: "A柜-2-15", scan: signature } as const

const greeting = {
  feature: "greeting",
  purpose: "greeting",
  fields: ["phone"],
  words: {
    "zh-CN": {
      name: "节日祝福",
      text: "逢年过节，我们想给您发一条祝福短信。",
      use: "春节、端午、中秋、国庆发送祝福短信",
      without: "不发祝福短信，其他服务照常",
    },
    en: {
      name: "Festival greetings",
      text: "We would like to send you a greeting at festivals.",
      use: "a greeting by text message, four times a year",
      without: "you get no greetings; every service stays the same",
    },
  },
  coolDownDays: 90,
}

export function textOf(after: number, changed: object = {}) {
  return { ...greeting, after, ...changed }
}

export function writeText(desk: Desk, as: TestStaff, text: object = textOf(0)): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, "/consent-texts")}`, { as, body: text })
}

export interface Answered {
  readonly reply: Reply
  readonly eventId: string
}

/** Given and signed, unless told otherwise. */
export async function answer(
  desk: Desk,
  as: TestStaff,
  said: { personId: string } & Record<string, unknown>,
): Promise<Answered> {
  const { personId, ...rest } = said
  const eventId = randomUUID()
  const usual = { eventId, feature: "greeting", textVersion: 1, language: "zh-CN", channel: "desk" }
  const evidence = rest["kind"] === undefined || rest["kind"] === "given" ? { evidence: signed } : {}
  const body = { ...usual, kind: "given", ...evidence, ...rest }
  return {
    reply: await send(desk.test, `POST ${at(desk, `/persons/${personId}/consents`)}`, { as, body }),
    eventId,
  }
}

export async function give(desk: Desk, as: TestStaff, personId: string): Promise<string> {
  const { reply, eventId } = await answer(desk, as, { personId })
  done(reply)
  return eventId
}

export async function startRun(desk: Desk, as: TestStaff, runId = randomUUID()): Promise<string> {
  const body = { runId, feature: "greeting", occasion: "mid_autumn" }
  done(await send(desk.test, `POST ${at(desk, "/consent-runs")}`, { as, body }))
  return body.runId
}

export function lookInRun(
  desk: Desk,
  as: TestStaff,
  { runId, personId, field = "phone" }: { runId: string; personId: string; field?: string },
): Promise<Reply> {
  return send(desk.test, `POST ${at(desk, `/consent-runs/${runId}/look`)}`, { as, body: { personId, field } })
}
