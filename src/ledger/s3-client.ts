/**
 * The few calls of the Amazon S3 API that a mirror needs: PutObject with If-None-Match and object lock, GetObject, ListObjectsV2.
 * Errors become what a mirror says of itself.
 */

import { createHash } from "node:crypto"
import { readFile } from "node:fs/promises"
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from "node:http"
import { Agent as HttpsAgent, request as requestHttps } from "node:https"
import type { S3Setting } from "./mirror-setting.ts"
import { MirrorUnusable } from "./mirror-store.ts"
import { encodeS3, queryOf, type S3Key, type S3Request, signedHeaders } from "./s3-signature.ts"

export interface S3Object {
  /** Below the prefix. */
  readonly name: string
  readonly size: number
}

export interface S3Content {
  readonly bytes: Uint8Array
  /** Whether nobody can change or remove it for a time. */
  readonly isLocked: boolean
}

export interface S3ClientOptions {
  readonly setting: S3Setting
  readonly clock: () => number
  /** Milliseconds for one answer. */
  readonly patience?: number
}

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  readonly bytes: Buffer
}

const day = 86_400_000
const none = new Uint8Array(0)

export class S3Client {
  readonly #options: S3ClientOptions
  readonly #agent: HttpAgent | HttpsAgent
  #key: S3Key | undefined
  #ca: Buffer | undefined

  constructor(options: S3ClientOptions) {
    this.#options = options
    const isTls = options.setting.origin.startsWith("https:")
    this.#agent = new (isTls ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 8, timeout: 30_000 })
  }

  /** Reads the secret and the authority anew: they are replaced without a restart. */
  async open(): Promise<void> {
    const { secretFile, caFile } = this.#options.setting
    const [id = "", secret = ""] = (await readFile(secretFile, "utf8")).trim().split(":")
    if (id === "" || secret === "") throw new Error("the secret file holds no id and secret")
    this.#key = { id, secret }
    this.#ca = caFile === undefined ? undefined : await readFile(caFile)
  }

  /** Writes an object where there is none, locked. Rejects when there is one: nothing is ever written over. */
  async put(name: string, bytes: Uint8Array): Promise<void> {
    const { setting, clock } = this.#options
    const until = new Date(clock() + setting.lockDays * day).toISOString().replace(/\.\d{3}/, "")
    const headers = {
      "content-length": String(bytes.length),
      // Asked for where an object is locked as it is written.
      "content-md5": createHash("md5").update(bytes).digest("base64"),
      "if-none-match": "*",
      "x-amz-object-lock-mode": "COMPLIANCE",
      "x-amz-object-lock-retain-until-date": until,
    }
    const answer = await this.#ask({
      method: "PUT",
      path: this.#pathOf(name),
      query: {},
      headers,
      body: bytes,
    })
    if (answer.status !== 200) throw failure(answer)
  }

  /** Undefined when there is no such object. */
  async get(name: string): Promise<S3Content | undefined> {
    const answer = await this.#ask({
      method: "GET",
      path: this.#pathOf(name),
      query: {},
      headers: {},
      body: none,
    })
    if (answer.status === 404 && codeOf(answer) === "NoSuchKey") return undefined
    if (answer.status !== 200) throw failure(answer)
    return { bytes: answer.bytes, isLocked: answer.headers["x-amz-object-lock-mode"] === "COMPLIANCE" }
  }

  /** Objects in `folder`, in the order of their names, behind a name, at most `limit`. */
  async list(folder: string, { after, limit }: { after: string; limit: number }): Promise<S3Object[]> {
    const { prefix, bucket } = this.#options.setting
    const query = {
      "list-type": "2",
      "max-keys": String(limit),
      prefix: `${prefix}${folder}/`,
      "start-after": `${prefix}${after}`,
    }
    const answer = await this.#ask({ method: "GET", path: `/${bucket}`, query, headers: {}, body: none })
    if (answer.status !== 200) throw failure(answer)
    return objectsIn(answer.bytes.toString("utf8"), prefix)
  }

  #pathOf(name: string): string {
    const { bucket, prefix } = this.#options.setting
    return `/${bucket}/${`${prefix}${name}`.split("/").map(encodeS3).join("/")}`
  }

  async #ask(asked: S3Request): Promise<Answer> {
    const { setting, clock } = this.#options
    if (this.#key === undefined) throw new Error("the store was not opened")
    const host = new URL(setting.origin).host
    const request = { ...asked, headers: { ...asked.headers, host } }
    const headers = signedHeaders(request, { key: this.#key, region: setting.region, now: clock() })
    try {
      return await this.#send(request, headers)
    } catch (error) {
      // The store closed a connection that was idle. A PUT that was done all the same is refused now, and found later.
      if (error instanceof Idle) return this.#send(request, headers)
      throw error
    }
  }

  #send({ method, path, query, body }: S3Request, headers: Record<string, string>): Promise<Answer> {
    const { setting, patience = 10_000 } = this.#options
    const request = setting.origin.startsWith("https:") ? requestHttps : requestHttp
    const search = queryOf(query)
    const url = `${setting.origin}${path}${search === "" ? "" : `?${search}`}`
    const tls = this.#ca === undefined ? {} : { ca: this.#ca }
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, headers, agent: this.#agent, ...tls })
      const late = setTimeout(() => sent.destroy(new MirrorUnusable("slow")), patience)
      sent.on("close", () => clearTimeout(late))
      sent.on("error", (error) => reject(unplugged(error, sent.reusedSocket)))
      sent.on("response", (answer) => {
        const parts: Buffer[] = []
        answer.on("data", (part: Buffer) => parts.push(part))
        answer.on("error", (error) => reject(unplugged(error, false)))
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 500, headers: answer.headers, bytes: Buffer.concat(parts) }),
        )
      })
      sent.end(body)
    })
  }
}

class Idle extends Error {}

const gone = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
  "EPIPE",
])

function unplugged(error: Error, isReused: boolean): Error {
  const code = "code" in error ? String(error.code) : ""
  if (isReused && (code === "ECONNRESET" || code === "EPIPE")) return new Idle()
  return gone.has(code) ? new MirrorUnusable("absent") : error
}

/** What a store without room, or one that asks to be spared, is for those who wait. */
function failure(answer: Answer): Error {
  const code = codeOf(answer)
  if (answer.status === 507 || /Quota|StorageFull/.test(code)) return new MirrorUnusable("full")
  if (answer.status === 503 || answer.status === 429) return new MirrorUnusable("slow")
  return new Error(`the store answers ${answer.status}`)
}

function codeOf({ bytes }: Answer): string {
  return /<Code>(\w+)<\/Code>/.exec(bytes.toString("utf8", 0, 2_000))?.[1] ?? ""
}

/** Our names need no entities: what has another form is not ours. */
function objectsIn(xml: string, prefix: string): S3Object[] {
  return [...xml.matchAll(/<Contents>.*?<\/Contents>/gs)].flatMap(([item]) => {
    const key = /<Key>([^<]+)<\/Key>/.exec(item)?.[1]
    const size = /<Size>(\d+)<\/Size>/.exec(item)?.[1]
    if (key?.startsWith(prefix) !== true || size === undefined) return []
    return [{ name: key.slice(prefix.length), size: Number(size) }]
  })
}
