/** The data folder of the embedded PostgreSQL: made whole or not at all, and never opened by another major version. */

import { execFile } from "node:child_process"
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { open } from "node:fs/promises"
import { join } from "node:path"
import { promisify } from "node:util"
import { nameForServer, own, type Place } from "./local-postgres-place.ts"
import { explain } from "./local-postgres-trouble.ts"
import { StartFailure } from "./start-failure.ts"

/** A cluster being made carries this name; only the finished one is renamed to `cluster`. */
const making = "cluster.making-"

/**
 * @returns whether the cluster was made just now.
 * @throws StartFailure when the data is of another major version, or the disk is full.
 */
export async function ensureCluster(place: Place): Promise<boolean> {
  for (const name of readdirSync(place.directory)) {
    if (name.startsWith(making)) rmSync(join(place.directory, name), { recursive: true, force: true })
  }
  if (existsSync(place.cluster)) {
    checkMajor(place)
    return false
  }
  await createCluster(place)
  return true
}

function checkMajor({ cluster, binaries }: Place): void {
  const version = join(cluster, "PG_VERSION")
  const found = existsSync(version) ? readFileSync(version, "utf8").trim() : ""
  if (found === binaries.major) return
  if (found === "") {
    throw new StartFailure(
      `${cluster} 不是数据库文件夹。请用 HUDUN_DATA 指定别的文件夹,或把它移走。`,
      `${cluster} is not a database folder. Name another folder in HUDUN_DATA, or move it away.`,
    )
  }
  throw new StartFailure(
    `数据由 PostgreSQL ${found} 写成,本版本带的是 ${binaries.major}。请用当时的户盾版本打开,或先导出再导入。数据没有被改动。`,
    `The data was written by PostgreSQL ${found}; this version brings ${binaries.major}. Open it with the version of Hudun that wrote it, or export and import it. Nothing was changed.`,
  )
}

async function createCluster(place: Place): Promise<void> {
  const folder = own(mkdtempSync(join(place.directory, making)), place.account)
  try {
    await initdb(place, folder)
    // Nobody but the server's account passes the folder of the socket: see `startLocalPostgres`.
    writeFileSync(join(folder, "pg_hba.conf"), "local all all trust\n")
    renameSync(folder, place.cluster)
    await flushFolder(place.directory)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw explain(error instanceof Error ? error.message : String(error))
  }
}

async function initdb({ account, binaries, ...place }: Place, folder: string): Promise<void> {
  const data = await nameForServer({ account, binaries, ...place }, folder)
  const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
  const entry = ["--username=postgres", "--auth-local=trust", "--auth-host=reject"]
  const args = [`--pgdata=${data}`, ...entry, ...locale, "--no-instructions"]
  await promisify(execFile)(binaries.initdb, args, {
    ...account,
    cwd: folder,
    env: { TZ: "UTC", LC_ALL: "C" },
  })
}

/** The new name must outlive a power cut too. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
