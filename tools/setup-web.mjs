/** The console, built once for each state of its sources. */

import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import fs from "node:fs"
import path from "node:path"
import { SetupFailure, say, troubleIn } from "./setup-words.mjs"

/** Files besides the modules that decide what is built. */
const always = ["package-lock.json", "vite.config.ts", "tools/build-web.mjs"]
const folder = "src/web"

/** The list of what went into the build, with the hash of each, lies beside the result. */
export const noteFile = "dist/web.inputs.json"

export function hasWeb(root) {
  return fs.existsSync(path.join(root, folder, "index.html"))
}

export function isBuilt(root) {
  const note = readNote(path.join(root, noteFile))
  if (note === undefined || !fs.existsSync(path.join(root, "dist/web/index.html"))) return false
  if (filesOf(root, folder).some((file) => note[file] === undefined)) return false
  return Object.entries(note).every(([file, hash]) => hashOf(path.join(root, file)) === hash)
}

/** @param modules absolute paths of everything the build looked at. */
export function writeNote(root, modules) {
  const own = modules
    .map((file) => path.relative(root, file))
    .filter((file) => /^(?!node_modules|\.\.)/.test(file))
  const files = [...new Set([...always, ...filesOf(root, folder), ...own])].sort()
  const note = Object.fromEntries(files.map((file) => [file, hashOf(path.join(root, file))]))
  const target = path.join(root, noteFile)
  fs.writeFileSync(`${target}.new`, JSON.stringify(note, null, 1))
  fs.renameSync(`${target}.new`, target)
}

/** Runs on the Node that was just installed: the builder may need a newer one than the machine has. */
export function buildWeb(root, node) {
  say("正在生成控制台页面……", "Building the console …")
  const run = spawnSync(node, [path.join(root, "tools/build-web.mjs")], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    // A build for development would be several times larger.
    env: { ...process.env, NODE_ENV: "production" },
  })
  if (run.status === 0) return
  const said = `${run.error ?? ""}${run.stdout}${run.stderr}`
  throw (
    troubleIn(said) ??
    new SetupFailure(
      `控制台没有生成:\n${said}`,
      "The console was not built; the builder's own words are above.",
    )
  )
}

function filesOf(root, directory) {
  return fs
    .readdirSync(path.join(root, directory), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
}

function hashOf(file) {
  try {
    return createHash("sha256").update(fs.readFileSync(file)).digest("hex")
  } catch {
    return ""
  }
}

function readNote(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"))
  } catch {
    return undefined
  }
}
