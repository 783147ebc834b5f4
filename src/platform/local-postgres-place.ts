/** Where everything of one embedded PostgreSQL lies, and how the account that runs it names its data folder. */

import { createHash } from "node:crypto"
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { type Account, canReach, chooseAccount } from "./local-postgres-account.ts"
import { type Binaries, findBinaries } from "./local-postgres-binaries.ts"
import { explain, isDiskFull } from "./local-postgres-trouble.ts"
import { StartFailure } from "./start-failure.ts"

export interface Place {
  readonly account: Account
  readonly binaries: Binaries
  /** Ours: holds the other folders and the server's log. */
  readonly directory: string
  /** The data folder of PostgreSQL. */
  readonly cluster: string
  readonly log: string
}

/** sockaddr_un holds 108 bytes on Linux, 104 on macOS, the last one zero; `/.s.PGSQL.5432.lock` follows the folder. */
const longestSocketFolder = 103 - "/.s.PGSQL.5432.lock".length

export async function choosePlace(given: string): Promise<Place> {
  const directory = resolve(given)
  makeOurs(directory)
  const cluster = join(directory, "cluster")
  const account = chooseAccount(cluster)
  const binaries = await findBinaries(directory, account)
  return { account, binaries, directory, cluster, log: join(directory, "server.log") }
}

function makeOurs(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    accessSync(directory, constants.W_OK | constants.X_OK)
  } catch (error) {
    if (isDiskFull(String(error))) throw explain(String(error))
    throw new StartFailure(
      `不能写入数据文件夹 ${directory}。请检查权限,或用 HUDUN_DATA 指定别的文件夹。`,
      `The data folder ${directory} cannot be written. Check its permissions, or name another folder in HUDUN_DATA.`,
    )
  }
}

/**
 * The data folder as the server is told of it. An account lent by root often cannot pass the folders above it (a data
 * folder is 0700, so is /root). It need not: we start the server inside, and `/proc/self/cwd` names that folder
 * without a walk from the root.
 */
export async function nameForServer(place: Place, folder: string): Promise<string> {
  return (await canReach(place.account, folder)) ? folder : "/proc/self/cwd"
}

/**
 * A folder for the Unix socket that is 0700 and belongs to the account. Whoever gets in is believed (`trust`), so a
 * folder somebody else prepared under that name is left alone and another one made.
 */
export async function socketFolder(place: Place): Promise<string> {
  const inside = join(place.directory, "run")
  const short = Buffer.byteLength(inside) <= longestSocketFolder
  if (short && (await canReach(place.account, place.directory))) return makePrivate(inside, place.account)
  const mark = createHash("sha256").update(place.cluster).digest("hex").slice(0, 12)
  const outside = join(tmpdir(), `hudun-${place.account.uid}-${mark}`)
  if (!existsSync(outside) || isPrivate(outside, place.account)) return makePrivate(outside, place.account)
  return own(mkdtempSync(join(tmpdir(), "hudun-")), place.account)
}

/** A real folder, not a link; of this account; closed to all others. */
export function isPrivate(folder: string, account: Account): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  return stat?.isDirectory() === true && stat.uid === account.uid && (stat.mode & 0o077) === 0
}

/** Hands a folder to the account, closed to all others. */
export function own(folder: string, account: Account): string {
  chmodSync(folder, 0o700)
  chownSync(folder, account.uid, account.gid)
  return folder
}

function makePrivate(folder: string, account: Account): string {
  if (isPrivate(folder, account)) return folder
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return own(folder, account)
}
