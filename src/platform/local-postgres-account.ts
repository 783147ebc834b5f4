/** Who runs the embedded PostgreSQL. It refuses to run as root, so root lends it an ordinary account. */

import { execFile, spawnSync } from "node:child_process"
import { statSync } from "node:fs"
import { promisify } from "node:util"
import { StartFailure } from "./start-failure.ts"

/** Spreads into the options of `spawn`. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

const lentAccounts = ["hudun-pg", "postgres", "nobody"]

/**
 * Ourselves; for root, the account that owns the data already, else the first of `hudun-pg`, `postgres`, `nobody`.
 *
 * @throws StartFailure when the data belongs to somebody else, or root finds no account to lend.
 */
export function chooseAccount(cluster: string): Account {
  const owner = ownerOf(cluster)
  const us = ourselves()
  if (us.uid === 0) return owner !== undefined && owner.uid !== 0 ? owner : lentAccount()
  if (owner !== undefined && owner.uid !== us.uid) {
    throw new StartFailure(
      `数据文件夹 ${cluster} 属于另一个系统账户(编号 ${owner.uid})。请用该账户或 root 启动,或用 HUDUN_DATA 指定别的文件夹。`,
      `The data folder ${cluster} belongs to another account (number ${owner.uid}). Start as that account or as root, or name another folder in HUDUN_DATA.`,
    )
  }
  return us
}

/** Whether the account can reach the path; asked by trying, so that access lists count too. */
export async function canReach(account: Account, path: string): Promise<boolean> {
  try {
    await promisify(execFile)("/bin/sh", ["-c", 'test -x "$0"', path], { ...account, cwd: "/" })
    return true
  } catch {
    return false
  }
}

function ourselves(): Account {
  if (process.getuid === undefined || process.getgid === undefined) {
    throw new StartFailure(
      "此系统不能使用内置数据库,请用 DATABASE_URL 指定一个 PostgreSQL(15 或更新)。",
      "The embedded database does not run on this system: name a PostgreSQL (15 or newer) in DATABASE_URL.",
    )
  }
  return { uid: process.getuid(), gid: process.getgid() }
}

function lentAccount(): Account {
  for (const name of lentAccounts) {
    const uid = idOf("-u", name)
    const gid = idOf("-g", name)
    if (uid !== undefined && gid !== undefined && uid !== 0) return { uid, gid }
  }
  throw new StartFailure(
    "PostgreSQL 不能以 root 运行,而系统里没有可借用的账户。请先运行 useradd --system hudun-pg,或用普通账户启动。",
    "PostgreSQL does not run as root and there is no account to lend it. Run useradd --system hudun-pg first, or start as an ordinary user.",
  )
}

function idOf(flag: "-u" | "-g", name: string): number | undefined {
  const answer = spawnSync("id", [flag, name], { encoding: "utf8" })
  return answer.status === 0 ? Number(answer.stdout) : undefined
}

function ownerOf(path: string): Account | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? undefined : { uid: stat.uid, gid: stat.gid }
}
