/** `hudun backup` asks the running server; `hudun restore` fills a new installation while no server runs. docs/operations.md tells when. */

import { mkdir } from "node:fs/promises"
import { resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { parseArgs } from "node:util"
import { type Config, readConfig } from "../config.ts"
import { readBackup } from "../duty/keys/backup-manifest.ts"
import { type BackupView, beginBackup, watchBackup } from "../duty/keys/contract.ts"
import { type RestoreStep, restore, restoreLedgerKey } from "../duty/keys/restore.ts"
import { lockData } from "../platform/data-lock.ts"
import { keyringDatabase } from "../platform/keyring-server.ts"
import { openStoreServer, type StoreServer } from "../platform/store-server.ts"
import { askServer } from "./local-server.ts"
import { Misuse } from "./options.ts"
import { Progress } from "./progress.ts"

const migrations = resolve(import.meta.dirname, "..", "..", "migrations")
const watchMilliseconds = 300

export async function backupCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { to: { type: "string" }, keyring: { type: "boolean" } } })
  if (values.to === undefined) throw new Misuse("--to FOLDER, which is not there yet")
  const kind = values.keyring === true ? "keyring" : "data"
  const progress = new Progress("tables")
  let view = await askServer(beginBackup, { body: { to: resolve(values.to), kind } })
  while (view.state === "running") {
    await sleep(watchMilliseconds)
    view = await askServer(watchBackup, {})
    progress.show(view.done, view.of)
  }
  progress.end()
  return say(view)
}

function say(view: BackupView): number {
  if (view.state !== "done") throw new Error("the backup failed; the server's log says where")
  process.stdout.write(
    `${view.to}: ${view.of} tables, ${view.bytes} bytes, manifest SHA-256 ${view.digest}\n`,
  )
  return 0
}

export async function restoreCommand(args: string[]): Promise<number> {
  const options = {
    from: { type: "string" },
    keyring: { type: "string" },
    check: { type: "boolean" },
  } as const
  const { values } = parseArgs({ args, options })
  if (values.from === undefined && values.keyring === undefined)
    throw new Misuse("--from FOLDER of the data, --keyring FOLDER of the keys, or both")
  // Everything is read before anything is written.
  const data = values.from === undefined ? undefined : resolve(values.from)
  const keyring = values.keyring === undefined ? undefined : resolve(values.keyring)
  if (data !== undefined) await tell(data, "data")
  if (keyring !== undefined) await tell(keyring, "keyring")
  if (values.check !== true) await bringBack(readConfig(process.env, process.cwd()), { data, keyring })
  return 0
}

async function tell(folder: string, kind: "data" | "keyring"): Promise<void> {
  const { at, tables, ledger } = await readBackup(folder, kind)
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  const traces = ledger.reduce((sum, log) => sum + log.size, 0)
  process.stdout.write(`${folder}: ${kind} of ${at}, whole; ${rows} rows, ${traces} traces in the log\n`)
}

interface Folders {
  readonly data: string | undefined
  readonly keyring: string | undefined
}

async function bringBack(config: Config, folders: Folders): Promise<void> {
  await mkdir(config.data, { recursive: true, mode: 0o700 })
  const lock = lockData(config.data)
  try {
    const { data, databaseUrl } = config
    const server = await openStoreServer({ data, databaseUrl, migrations, onLost: () => undefined })
    try {
      await fill(server, config, folders)
    } finally {
      await server.stop()
    }
  } finally {
    lock.release()
  }
}

async function fill(server: StoreServer, config: Config, { data, keyring }: Folders): Promise<void> {
  const progress = new Progress("")
  const onStep = ({ done, of }: RestoreStep) => progress.show(done, of)
  const now = Date.now()
  const owner = server.as("hudun_owner")
  // The keys first: data without them would be taken for another keyring's.
  if (keyring !== undefined) {
    const keyOwner = await keyringOwner(config, owner)
    const manifest = await restore({ folder: keyring, kind: "keyring", owner: keyOwner, now, onStep })
    await restoreLedgerKey(keyring, config.data, manifest)
  }
  if (data !== undefined) await restore({ folder: data, kind: "data", owner, now, onStep })
  progress.end()
  process.stdout.write("restored: bring the root key and start the server\n")
}

async function keyringOwner({ keyringUrl: url, data }: Config, owner: ReturnType<StoreServer["as"]>) {
  if (url === undefined) return owner
  const { prepare } = await keyringDatabase({ url, data, migrations })
  await prepare()
  return { connectionString: url }
}
