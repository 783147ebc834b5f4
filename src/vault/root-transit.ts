/**
 * The root key in a transit service: HashiCorp Vault's documented API, which OpenBao speaks too. It never leaves the service.
 *
 * ```
 * GET  /v1/<mount>/keys/<key>
 * POST /v1/<mount>/encrypt/<key>   { plaintext, associated_data }  base64  →  { data: { ciphertext: "vault:v1:…" } }
 * POST /v1/<mount>/decrypt/<key>   { ciphertext, associated_data }         →  { data: { plaintext } }
 * ```
 *
 * The associated data is the key's place: a wrapped key put at another's place does not open. TLS is checked always.
 */

import { createSecretKey, type KeyObject } from "node:crypto"
import { request } from "node:https"
import { z } from "zod"
import { type Root, RootUnavailable } from "./root.ts"
import type { TransitSetting } from "./root-setting.ts"
import { Unopenable } from "./suite.ts"
import { type KeyPlace, namesOf } from "./wrap.ts"

const answerMilliseconds = 5_000
const largestAnswer = 65_536
const ciphertextReply = z.object({ data: z.object({ ciphertext: z.string() }) })
const plaintextReply = z.object({ data: z.object({ plaintext: z.string() }) })

export interface TransitAccess {
  readonly token: string
  /** PEM of the authority, when the system does not know it. */
  readonly ca: string | undefined
  /** Milliseconds for one answer. */
  readonly patience?: number
}

/** Throws {@link RootUnavailable} when the service or its key does not answer. */
export async function openTransit(setting: TransitSetting, access: TransitAccess): Promise<Root> {
  const call = caller(setting, access)
  await call("GET", "keys")
  return {
    name: `transit ${setting.origin}`,
    async wrap(place, key) {
      const plain = key.export()
      const plaintext = plain.toString("base64")
      plain.fill(0)
      const reply = await call("POST", "encrypt", { plaintext, associated_data: bound(place) })
      return Buffer.from(ciphertextReply.parse(reply).data.ciphertext, "utf8")
    },
    async unwrap({ place, bytes }, wrapped) {
      const ciphertext = Buffer.from(wrapped).toString("utf8")
      const reply = await call("POST", "decrypt", { ciphertext, associated_data: bound(place) })
      return keyOf(plaintextReply.parse(reply).data.plaintext, bytes)
    },
  }
}

function keyOf(text: string, bytes: number): KeyObject {
  const plain = Buffer.from(text, "base64")
  if (plain.length !== bytes) throw new Unopenable()
  const key = createSecretKey(plain)
  plain.fill(0)
  return key
}

function bound(place: KeyPlace): string {
  return Buffer.from(JSON.stringify(namesOf(place)), "utf8").toString("base64")
}

type Call = (method: "GET" | "POST", verb: "keys" | "encrypt" | "decrypt", body?: object) => Promise<unknown>

function caller(setting: TransitSetting, { token, ca, patience = answerMilliseconds }: TransitAccess): Call {
  return async (method, verb, body) => {
    const url = `${setting.origin}/v1/${setting.mount}/${verb}/${encodeURIComponent(setting.key)}`
    const { status, text } = await send(url, {
      method,
      headers: { "x-vault-token": token, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      ca,
      patience,
    })
    const reply: unknown = status === 200 ? JSON.parse(text) : undefined
    if (reply !== undefined) return reply
    throw refusalOf(status, verb)
  }
}

/** 400 to a decryption: not a ciphertext of this key and place. 403, 404: no right, no such key. 5xx: down or sealed itself. */
function refusalOf(status: number, verb: string): Error {
  if (status === 400 && verb === "decrypt") return new Unopenable()
  if (status >= 500 || status === 429) return new RootUnavailable("provider_unreachable")
  return new RootUnavailable("provider_refused")
}

interface Sent {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
  readonly ca: string | undefined
  readonly patience: number
}

function send(url: string, sent: Sent): Promise<{ status: number; text: string }> {
  const { method, headers, body, ca, patience } = sent
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, ...(ca === undefined ? {} : { ca }) }, (answer) => {
      let text = ""
      answer.setEncoding("utf8")
      answer.on("data", (part: string) => {
        text += part
        if (text.length > largestAnswer) asked.destroy(new RootUnavailable("provider_refused"))
      })
      answer.on("end", () => resolve({ status: answer.statusCode ?? 500, text }))
    })
    const late = setTimeout(() => asked.destroy(new RootUnavailable("provider_slow")), patience)
    asked.on("close", () => clearTimeout(late))
    asked.on("error", (error) =>
      reject(error instanceof RootUnavailable ? error : new RootUnavailable("provider_unreachable")),
    )
    asked.end(body)
  })
}
