/** One set-up at a time in one working copy: a second one waits. */

import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { SetupFailure, say } from "./setup-words.mjs"

const beat = 2_000
/** A holder that missed this many milliseconds of beats is gone, wherever it ran. */
const silence = 15_000
const patience = 15 * 60_000

/** Runs `work` alone; the lock is given back even when it throws, and goes stale when the process is killed. */
export async function alone(file, work) {
  const text = JSON.stringify({ host: os.hostname(), pid: process.pid, nonce: Math.random() })
  await take(file, text)
  const timer = setInterval(() => touch(file, text), beat)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    if (read(file) === text) fs.rmSync(file, { force: true })
  }
}

async function take(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const deadline = Date.now() + patience
  let told = false
  while (!create(file, text)) {
    if (removeIfStale(file)) continue
    if (!told) say("另一个进程正在安装,等待它完成……", "Another start is setting up; waiting for it …")
    told = true
    if (Date.now() > deadline) {
      throw new SetupFailure(
        `另一个安装一直没有结束。请结束它,或删除 ${file}。`,
        `Another set-up does not end. End it, or delete ${file}.`,
      )
    }
    await sleep(500)
  }
}

function create(file, text) {
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, text)
  try {
    fs.linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code === "EEXIST") return false
    throw error
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

/** Moved aside and looked at again: two that wait must not remove each other's new lock. */
function removeIfStale(file) {
  const found = read(file)
  if (found === undefined) return true
  if (!isStale(file, found)) return false
  const aside = `${file}.${process.pid}.stale`
  try {
    fs.renameSync(file, aside)
  } catch {
    return true
  }
  if (read(aside) !== found) create(file, read(aside))
  fs.rmSync(aside, { force: true })
  return true
}

function isStale(file, text) {
  const age = Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  if (age > silence) return true
  try {
    const holder = JSON.parse(text)
    return holder.host === os.hostname() && !runs(holder.pid)
  } catch {
    return true
  }
}

function runs(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === "EPERM"
  }
}

function touch(file, text) {
  if (read(file) === text) fs.utimesSync(file, new Date(), new Date())
}

function read(file) {
  try {
    return fs.readFileSync(file, "utf8")
  } catch {
    return undefined
  }
}
