/** Checks Signature Version 4 on a request as it arrived. Nothing of it is shared with the code that signs. */

import { createHash, createHmac } from "node:crypto"
import type { IncomingHttpHeaders, IncomingMessage } from "node:http"

export interface S3Account {
  readonly id: string
  readonly secret: string
  readonly bucket: string
}

const form = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/
const quarterHour = 900_000

export function isSigned(
  { method = "", headers }: IncomingMessage,
  url: URL,
  { body, account }: { body: Buffer; account: S3Account },
): boolean {
  const [, id, scope = "", names = "", signature] = form.exec(headers.authorization ?? "") ?? []
  const isOurs = id === account.id && headers["x-amz-content-sha256"] === sha256(body)
  if (!isOurs || !coversEnough(headers, names.split(";")) || !isFresh(headers)) return false
  const query = url.search.slice(1).split("&").filter(Boolean).toSorted().join("&")
  const lines = names.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const canonical = `${method}\n${url.pathname}\n${query}\n${lines.join("")}\n${names}\n${sha256(body)}`
  const text = `AWS4-HMAC-SHA256\n${String(headers["x-amz-date"])}\n${scope}\n${sha256(canonical)}`
  return hmac(keyOf(account.secret, scope), text).toString("hex") === signature
}

function coversEnough(headers: IncomingHttpHeaders, names: readonly string[]): boolean {
  const needed = ["host", "x-amz-content-sha256", "x-amz-date"]
  const amazons = Object.keys(headers).filter((name) => name.startsWith("x-amz-"))
  return [...needed, ...amazons].every((name) => names.includes(name))
}

function isFresh(headers: IncomingHttpHeaders): boolean {
  const date = String(headers["x-amz-date"])
  const at = Date.parse(date.replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, "$1-$2-$3T$4:$5:$6Z"))
  return Math.abs(at - Date.now()) < quarterHour
}

function keyOf(secret: string, scope: string): Buffer {
  const [day = "", region = "", service = "", end = ""] = scope.split("/")
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), end)
}

const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex")
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest()
