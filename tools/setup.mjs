/**
 * Makes a working copy ready: dependencies as the lock file says, the console built. Does nothing when nothing
 * changed. Runs on whatever Node (20.19 or newer) the machine has, so it is plain JavaScript without dependencies.
 */

import { spawnSync } from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { install, isInstalled } from "./setup-install.mjs"
import { alone } from "./setup-lock.mjs"
import { buildWeb, hasWeb, isBuilt } from "./setup-web.mjs"
import { endWith, SetupFailure, troubleIn } from "./setup-words.mjs"

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const lock = path.join(root, "dist/setup.lock")
const bin = path.join(root, "node_modules/.bin")

/** @returns the Node to run everything else with. */
export async function installDependencies() {
  checkOwnNode()
  if (!isInstalled(root)) await alone(lock, () => isInstalled(root) || install(root))
  return findNode()
}

/** @returns the Node to run everything else with. */
export async function setUp() {
  const node = await installDependencies()
  if (hasWeb(root) && !isBuilt(root)) await alone(lock, () => isBuilt(root) || buildWeb(root, node))
  return node
}

/** Environment in which `node` and the tools are the installed ones. */
export function toolEnvironment() {
  return { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` }
}

function checkOwnNode() {
  const [major, minor] = process.versions.node.split(".").map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new SetupFailure(
    `Node ${process.versions.node} 太旧,安装需要 20.19 或更新的版本(运行用的 Node 26 会自动装好)。`,
    `Node ${process.versions.node} is too old: installing takes 20.19 or newer (the Node 26 it runs on comes with it).`,
  )
}

/** The one that came with the dependencies; on a platform without one, the machine's own. */
function findNode() {
  linkNode()
  const shipped = path.join(bin, "node")
  const node = fs.existsSync(shipped) ? shipped : process.execPath
  const { status, stdout } = spawnSync(node, ["--version"], { encoding: "utf8" })
  if (status === 0 && Number(/^v(\d+)/.exec(stdout)?.[1]) >= 26) return node
  throw new SetupFailure(
    `此系统(${process.platform} ${process.arch})没有随附的 Node 26,请自行安装 Node 26 后再启动。`,
    `No Node 26 comes with it for this system (${process.platform} ${process.arch}): install Node 26 and start again.`,
  )
}

/** npm 10 takes the link away again when it drops the package of another platform, whose program has the same name. */
function linkNode() {
  const target = [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`]
    .map((name) => path.join("..", name, "bin/node"))
    .find((file) => fs.existsSync(path.join(bin, file)))
  if (target === undefined || fs.existsSync(path.join(bin, "node"))) return
  try {
    fs.symlinkSync(target, path.join(bin, "node"))
  } catch (error) {
    if (error.code !== "EEXIST") throw error
  }
}

if (process.argv[1] !== undefined && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  setUp().catch((error) => endWith(troubleIn(`${error.code}`) ?? error))
}
