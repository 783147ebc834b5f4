/** The dependencies, exactly as the lock file says. */

import { spawn } from "node:child_process"
import fs from "node:fs"
import path from "node:path"
import { SetupFailure, say, troubleIn } from "./setup-words.mjs"

/**
 * Whether node_modules is what the lock file says. npm writes `.package-lock.json` when everything is in place, so
 * an installation cut short has none, and an installation made by hand counts.
 */
export function isInstalled(root) {
  return missingFrom(root).length === 0
}

export async function install(root) {
  say("正在安装依赖(首次约一分钟)……", "Installing dependencies (about a minute the first time) …")
  const { code, said } = await npmCi(root)
  if (code !== 0) throw troubleIn(said) ?? unknown(said)
  const missing = missingFrom(root)
  if (missing.length > 0) throw incomplete(root, missing)
}

function missingFrom(root) {
  const wanted = packagesIn(path.join(root, "package-lock.json")) ?? {}
  const present = packagesIn(path.join(root, "node_modules", ".package-lock.json")) ?? {}
  return Object.keys(wanted).filter((name) => {
    if (name === "") return false
    const found = present[name]
    if (found === undefined) return isNeeded(wanted[name])
    if (found.version !== wanted[name].version || found.integrity !== wanted[name].integrity) return true
    return !fs.existsSync(path.join(root, name, "package.json"))
  })
}

/** Optional packages are the builds for other systems; the one for this system is needed. */
function isNeeded({ optional, os, cpu, libc }) {
  if (optional !== true) return true
  if (os === undefined && cpu === undefined) return false
  return (
    fits(os, process.platform) && fits(cpu, process.arch) && (libc === undefined || fits(libc, libcOfThis()))
  )
}

function fits(list, value) {
  const names = [list ?? []].flat()
  if (names.includes(`!${value}`)) return false
  const wanted = names.filter((name) => !name.startsWith("!"))
  return wanted.length === 0 || wanted.includes(value)
}

function libcOfThis() {
  // Else it would ask the name server about every address of the machine.
  process.report.excludeNetwork = true
  return process.report.getReport().header.glibcVersionRuntime === undefined ? "musl" : "glibc"
}

/** npm leaves out an optional package that it cannot unpack or fetch, and calls that a success. */
function incomplete(root, missing) {
  const { bavail, bsize } = fs.statfsSync(root)
  if (bavail * bsize < 100_000_000) return troubleIn("ENOSPC")
  const names = missing.slice(0, 5).join(", ")
  return new SetupFailure(
    `有软件包没有装上(${names})。请检查网络和磁盘空间,然后再运行一次。`,
    `Some packages were not installed (${names}). Check the network and the disk space and run it again.`,
  )
}

function packagesIn(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")).packages
  } catch {
    return undefined
  }
}

/** Everything is needed whatever the machine's settings: web tools are development packages, the runtime is an optional one. */
function npmCi(root) {
  const flags = ["--ignore-scripts", "--include=dev", "--include=optional", "--prefer-offline"]
  const quiet = ["--no-audit", "--no-fund", "--no-progress", "--loglevel=error"]
  const retries = ["--fetch-retries=3", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=8000"]
  const [program, ...before] = npmCommand()
  const child = spawn(program, [...before, "ci", ...flags, ...quiet, ...retries], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      said += text
    })
  }
  return new Promise((done) => {
    child.on("error", (error) =>
      done({ code: 1, said: error.code === "ENOENT" ? "npm is not installed" : error.message }),
    )
    child.on("close", (code) => done({ code, said }))
  })
}

/** The npm that runs us, on the Node it runs on: ours lies in the folder that npm ci empties. */
function npmCommand() {
  const { npm_execpath: cli = "", npm_node_execpath: node = process.execPath } = process.env
  return /npm-cli\.[cm]?js$/.test(cli) ? [node, cli] : ["npm"]
}

function unknown(said) {
  const end = said.trim().split("\n").slice(-15).join("\n")
  return new SetupFailure(
    `依赖没有装好。npm 说:\n${end}`,
    "The dependencies were not installed; npm's own words are above.",
  )
}
