/**
 * A call bridge: two people talk through a number that belongs to neither. The adapter speaks Alibaba Cloud's private-number
 * service (Dyplsapi, version 2017-05-25: BindAxb, UnbindSubscription) with its RPC signature, version 1.0 (HMAC-SHA1).
 * What is personal goes in the body, never in the address. Clause 4.6.
 */

import { createHmac, randomUUID } from "node:crypto"
import { readFile } from "node:fs/promises"
import { z } from "zod"
import { Refusal } from "../base/refusal.ts"
import type { CallBridgeSetting } from "./call-bridge-setting.ts"

export interface CallBridge {
  /** Lets `from` and `to` call each other through the number that comes back, until then. Throws `bridge.refused`, `bridge.away`. */
  bind(call: { readonly from: string; readonly to: string; readonly until: Date }): Promise<Bound>
  /** Takes it back; that it is over already is no fault. */
  release(bound: Bound): Promise<void>
}

export interface Bound {
  readonly binding: string
  readonly number: string
}

const patience = 8_000
const bound = z.object({
  SecretBindDTO: z.object({ SubsId: z.union([z.string(), z.number()]), SecretNo: z.string() }),
})
const answered = z.object({ Code: z.string() })

export function openCallBridge(setting: CallBridgeSetting, clock: () => number): CallBridge {
  const ask = (action: string, parameters: Readonly<Record<string, string>>) =>
    send(setting, { action, parameters, now: clock() })
  return {
    async bind({ from, to, until }) {
      const reply = await ask("BindAxb", {
        PhoneNoA: from,
        PhoneNoB: to,
        Expiration: beijingTime(until),
        IsRecordingEnabled: "false",
      })
      const parsed = bound.safeParse(reply)
      if (!parsed.success) throw new Refusal("bridge.refused")
      const { SubsId, SecretNo } = parsed.data.SecretBindDTO
      return { binding: String(SubsId), number: SecretNo }
    },
    async release({ binding, number }) {
      await ask("UnbindSubscription", { SubsId: binding, SecretNo: number })
    },
  }
}

interface Question {
  readonly action: string
  readonly parameters: Readonly<Record<string, string>>
  readonly now: number
}

async function send(setting: CallBridgeSetting, { action, parameters, now }: Question): Promise<unknown> {
  // Read each time: a key that is changed in its file needs no restart.
  const [keyId = "", secret = ""] = (await readFile(setting.secretFile, "utf8")).trim().split(":")
  const all = {
    ...parameters,
    Action: action,
    Version: "2017-05-25",
    PoolKey: setting.pool,
    Format: "JSON",
    AccessKeyId: keyId,
    SignatureMethod: "HMAC-SHA1",
    SignatureVersion: "1.0",
    SignatureNonce: randomUUID(),
    Timestamp: new Date(now).toISOString().replace(/\.\d+/, ""),
  }
  const body = new URLSearchParams({ ...all, Signature: signatureOf(all, secret) })
  const reply = await fetch(setting.url, { method: "POST", body, signal: AbortSignal.timeout(patience) })
    .then((answer): Promise<unknown> => answer.json())
    .catch(() => {
      throw new Refusal("bridge.away")
    })
  // Its sentence may quote the numbers: only the code is looked at, and not repeated.
  const parsed = answered.safeParse(reply)
  if (!parsed.success || parsed.data.Code !== "OK") throw new Refusal("bridge.refused")
  return reply
}

/** Over all parameters in the order of their names, each encoded by RFC 3986. */
function signatureOf(parameters: Readonly<Record<string, string>>, secret: string): string {
  const sorted = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const canonical = sorted.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join("&")
  const text = `POST&${encoded("/")}&${encoded(canonical)}`
  return createHmac("sha1", `${secret}&`).update(text).digest("base64")
}

function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** `2026-11-28 12:00:00`, in the zone of the service. */
function beijingTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ")
}
