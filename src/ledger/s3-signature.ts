/**
 * AWS Signature Version 4 in the Authorization header: "Signature Calculations for the Authorization Header: Transferring
 * Payload in a Single Chunk" of the Amazon S3 API reference.
 */

import { createHash, createHmac } from "node:crypto"

export interface S3Key {
  readonly id: string
  readonly secret: string
}

export interface S3Request {
  readonly method: "GET" | "PUT"
  /** Every segment encoded as in {@link encodeS3}. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Names in lower case; `host` among them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface S3Scope {
  readonly key: S3Key
  readonly region: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The headers to send: the request's own, the date, the hash of the body, and the signature over all of them. */
export function signedHeaders(request: S3Request, { key, region, now }: S3Scope): Record<string, string> {
  const date = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, "")
  const digest = sha256(request.body)
  const headers = { ...request.headers, "x-amz-content-sha256": digest, "x-amz-date": date }
  const names = Object.keys(headers).toSorted().join(";")
  const canonical = [
    request.method,
    request.path,
    queryOf(request.query),
    ...Object.entries(headers)
      .toSorted(byName)
      .map(([name, value]) => `${name}:${value.trim().replace(/ +/g, " ")}`),
    "",
    names,
    digest,
  ].join("\n")
  const scope = `${date.slice(0, 8)}/${region}/s3/aws4_request`
  const text = ["AWS4-HMAC-SHA256", date, scope, sha256(canonical)].join("\n")
  const signing = scope.split("/").reduce<string | Buffer>(hmac, `AWS4${key.secret}`)
  const signature = hmac(signing, text).toString("hex")
  const authorization = `AWS4-HMAC-SHA256 Credential=${key.id}/${scope},SignedHeaders=${names},Signature=${signature}`
  return { ...headers, authorization }
}

/** The query in canonical order, as it is to be sent. */
export function queryOf(query: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(query).map(([name, value]) => [encodeS3(name), encodeS3(value)] as const)
  return pairs
    .toSorted(byName)
    .map(([name, value]) => `${name}=${value}`)
    .join("&")
}

/** UriEncode: everything but letters, digits and -._~ */
export function encodeS3(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function byName([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : 1
}

function sha256(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex")
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest()
}
