/**
 * A store that speaks the documented API of Amazon S3 as far as the mirror uses it: it checks the signature on its own, keeps
 * versions, honours If-None-Match and object lock, and can be full, slow, away or without locks.
 */

import { createHash } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { isSigned, type S3Account } from "./s3-signed.ts"

interface Version {
  readonly id: number
  readonly bytes: Buffer
  readonly lockedUntil: number
}

/** A version, or the mark that the object was deleted. */
type Entry = Version | { readonly id: number; readonly isDeleted: true }

export class S3Server {
  trouble: "none" | "full" | "slow" | "busy" | "done_and_failed" = "none"
  /** As a store without object lock that ignores the headers for it. */
  isLocking = true
  readonly refused: string[] = []
  readonly #account: S3Account
  readonly #server: Server
  readonly #objects = new Map<string, Entry[]>()
  #versions = 0

  constructor(account: S3Account) {
    this.#account = account
    this.#server = createServer((request, reply) => {
      void this.#serve(request, reply).catch(() => reply.destroy())
    })
  }

  async listen(port = 0): Promise<number> {
    this.#server.listen(port, "127.0.0.1")
    await once(this.#server, "listening")
    const address = this.#server.address()
    return typeof address === "object" && address !== null ? address.port : 0
  }

  /** Pulls the plug. What was stored stays. */
  async unplug(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** What the objects below a name hold now, in order. */
  file(prefix: string): Buffer {
    return Buffer.concat(this.#names(prefix).map((name) => this.#current(name)?.bytes ?? Buffer.alloc(0)))
  }

  files(): string[] {
    return [...new Set(this.#names("").map((name) => name.replace(/\/\d{16}$/, "")))]
  }

  /** Objects of which there is more than one version: somebody wrote over one. */
  overwritten(): string[] {
    return [...this.#objects].filter(([, entries]) => entries.length > 1).map(([name]) => name)
  }

  lockOf(name: string): number {
    return this.#current(name)?.lockedUntil ?? 0
  }

  /** As whoever holds the account's secret: 403 for a version that is locked; without a version only a mark is set. */
  delete(name: string, versionId?: number): number {
    const entries = this.#objects.get(name) ?? []
    if (versionId === undefined) {
      this.#objects.set(name, [...entries, { id: ++this.#versions, isDeleted: true }])
      return 204
    }
    const entry = entries.find(({ id }) => id === versionId)
    if (entry !== undefined && "bytes" in entry && entry.lockedUntil > Date.now()) return 403
    this.#objects.set(
      name,
      entries.filter(({ id }) => id !== versionId),
    )
    return 204
  }

  versionsOf(name: string): readonly Entry[] {
    return this.#objects.get(name) ?? []
  }

  #names(prefix: string): string[] {
    const names = [...this.#objects.keys()].filter((name) => name.startsWith(prefix))
    return names.filter((name) => this.#current(name) !== undefined).toSorted()
  }

  #current(name: string): Version | undefined {
    const last = this.#objects.get(name)?.at(-1)
    return last !== undefined && "bytes" in last ? last : undefined
  }

  async #serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(Buffer.from(part))
    const body = Buffer.concat(parts)
    const url = new URL(request.url ?? "/", "http://store")
    if (!isSigned(request, url, { body, account: this.#account }))
      return this.#refuse(reply, 403, "SignatureDoesNotMatch")
    const [, bucket, ...rest] = url.pathname.split("/").map(decodeURIComponent)
    if (bucket !== this.#account.bucket) return this.#refuse(reply, 404, "NoSuchBucket")
    if (this.trouble === "slow") await new Promise((resolve) => setTimeout(resolve, 4_000))
    if (this.trouble === "busy") return this.#refuse(reply, 503, "SlowDown")
    if (request.method === "PUT") return this.#put(request, reply, { name: rest.join("/"), body })
    if (rest.length > 0) return this.#get(reply, rest.join("/"))
    return this.#list(reply, url.searchParams)
  }

  #put(
    { headers }: IncomingMessage,
    reply: ServerResponse,
    { name, body }: { name: string; body: Buffer },
  ): void {
    if (this.trouble === "full") return this.#refuse(reply, 507, "XMinioStorageFull")
    if (headers["content-md5"] !== createHash("md5").update(body).digest("base64"))
      return this.#refuse(reply, 400, "BadDigest")
    if (headers["if-none-match"] === "*" && this.#current(name) !== undefined)
      return this.#refuse(reply, 412, "PreconditionFailed")
    const until = Date.parse(String(headers["x-amz-object-lock-retain-until-date"]))
    const isLocked =
      headers["x-amz-object-lock-mode"] === "COMPLIANCE" && until > Date.now() && this.isLocking
    const version = { id: ++this.#versions, bytes: body, lockedUntil: isLocked ? until : 0 }
    this.#objects.set(name, [...(this.#objects.get(name) ?? []), version])
    if (this.trouble === "done_and_failed") return void reply.destroy()
    reply.writeHead(200).end()
  }

  #get(reply: ServerResponse, name: string): void {
    const version = this.#current(name)
    if (version === undefined) return this.#refuse(reply, 404, "NoSuchKey")
    const lock = version.lockedUntil > 0 ? { "x-amz-object-lock-mode": "COMPLIANCE" } : {}
    reply.writeHead(200, lock).end(version.bytes)
  }

  #list(reply: ServerResponse, query: URLSearchParams): void {
    if (query.get("list-type") !== "2") return this.#refuse(reply, 501, "NotImplemented")
    const after = query.get("start-after") ?? ""
    const names = this.#names(query.get("prefix") ?? "").filter((name) => name > after)
    const items = names.slice(0, Math.min(1_000, Number(query.get("max-keys") ?? 1_000))).map((name) => {
      return `<Contents><Key>${name}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>${this.#current(name)?.bytes.length ?? 0}</Size></Contents>`
    })
    reply
      .writeHead(200)
      .end(`<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult>${items.join("")}</ListBucketResult>`)
  }

  #refuse(reply: ServerResponse, status: number, code: string): void {
    this.refused.push(code)
    reply.writeHead(status).end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code></Error>`)
  }
}
