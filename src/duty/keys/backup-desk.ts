/** Where backups are asked for: one at a time, written by the server, watched by whoever asked. Clause 5.4. */

import { lstat } from "node:fs/promises"
import { dirname, isAbsolute, join } from "node:path"
import pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { whereOf } from "../../platform/log.ts"
import { type BackupKind, manifestName } from "./backup-manifest.ts"
import { writeBackup } from "./backup-sql.ts"
import type { BackupView } from "./contract.ts"

export interface BackupAsked {
  readonly to: string
  readonly kind: BackupKind
}

const connectMilliseconds = 10_000

const idle: BackupView = { state: "none", to: "", table: "", done: 0, of: 0, bytes: 0, digest: "" }

export class BackupDesk {
  readonly #house: House
  readonly #reader: pg.ClientConfig
  #view: BackupView = idle
  #running: Promise<void> | undefined
  #client: pg.Client | undefined

  /** `reader`: how to connect as hudun_backup. */
  constructor(house: House, reader: pg.ClientConfig) {
    this.#house = house
    this.#reader = reader
  }

  get view(): BackupView {
    return this.#view
  }

  /** Throws `backup.running`, `backup.folder_wrong`, `backup.together`. */
  async check({ to, kind }: BackupAsked): Promise<void> {
    if (this.#running !== undefined) throw new Refusal("backup.running")
    const parent = dirname(to)
    const isFree = isAbsolute(to) && (await isFolder(parent)) && !(await isThere(to))
    if (!isFree) throw new Refusal("backup.folder_wrong")
    // In one place with the data, wrapped keys would be as near to the root key as the data is.
    if (kind === "keyring" && (await isThere(join(parent, manifestName))))
      throw new Refusal("backup.together")
  }

  /** Begins; what becomes of it is in the view. Throws `backup.running` when another was quicker. */
  begin(asked: BackupAsked): void {
    if (this.#running !== undefined) throw new Refusal("backup.running")
    this.#view = { ...idle, state: "running", to: asked.to }
    this.#running = this.#write(asked).finally(() => {
      this.#running = undefined
    })
  }

  /** Breaks off what runs: a server that ends does not wait for every table, and what is half written is removed. */
  async close(): Promise<void> {
    this.#client?.connection.stream.destroy()
    await this.#running
  }

  async #write(asked: BackupAsked): Promise<void> {
    const { log } = this.#house
    log.event("job.started", { job: "backup", id: asked.kind })
    try {
      const digest = await this.#withClient(asked, (client) => this.#dump(client, asked))
      this.#view = { ...this.#view, state: "done", digest }
      log.event("job.ended", { job: "backup", id: asked.kind, outcome: "done" })
    } catch (error) {
      this.#view = { ...this.#view, state: "failed" }
      log.event("job.failed", { job: "backup", id: asked.kind, where: whereOf(error) })
    }
  }

  #dump(client: pg.ClientBase, { to, kind }: BackupAsked): Promise<string> {
    const { data, spine } = this.#house
    return writeBackup({
      client,
      to,
      kind,
      data,
      now: spine.clock(),
      onTable: (progress) => {
        this.#view = { ...this.#view, ...progress }
      },
    })
  }

  async #withClient(
    { kind }: BackupAsked,
    work: (client: pg.ClientBase) => Promise<string>,
  ): Promise<string> {
    const config = kind === "data" ? this.#reader : this.#house.keyring.store.config
    const client = new pg.Client({ ...config, connectionTimeoutMillis: connectMilliseconds })
    client.on("error", () => undefined)
    this.#client = client
    try {
      await client.connect()
      return await work(client)
    } finally {
      this.#client = undefined
      await client.end()
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
