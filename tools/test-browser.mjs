/** A Chromium for the tests that go through the screen: one that is there, else Debian's when we are root. */

import { spawnSync } from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import { SetupFailure, say } from "./setup-words.mjs"

/** The shell first: it has no windows to keep, and a page costs it a third less. */
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
]
const onMac = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
]

/** @returns the path of a browser that runs. */
export function findBrowser() {
  const found = firstThatRuns()
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && runs("apt-get", ["--version"])) {
    installFromDebian()
    const installed = firstThatRuns()
    if (installed !== undefined) return installed
  }
  throw new SetupFailure(
    "测试需要 Chromium:请安装(例如 sudo apt-get install chromium fonts-noto-cjk),或用环境变量 CHROMIUM 指出它的路径。",
    "The tests need Chromium: install it (for instance sudo apt-get install chromium fonts-noto-cjk), or name its path in CHROMIUM.",
  )
}

/** Asked for its version: on Ubuntu `chromium-browser` may be a note that says to install something else. */
function firstThatRuns() {
  return candidates().find((file) => runs(file, ["--version"]))
}

function* everywhere() {
  if (process.env.CHROMIUM) yield process.env.CHROMIUM
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(path.delimiter)) yield path.join(folder, name)
  }
  yield* onMac
  yield* downloaded()
}

function candidates() {
  return [...everywhere()].filter((file) => fs.existsSync(file))
}

/** Where Playwright keeps the browsers it downloads, the newest first. */
function downloaded() {
  const home = os.homedir()
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    `${home}/.cache/ms-playwright`,
    `${home}/Library/Caches/ms-playwright`,
  ]
  const inside = [
    "chrome-linux/chrome",
    "chrome-linux64/chrome",
    "chrome-mac/Chromium.app/Contents/MacOS/Chromium",
    "chrome-headless-shell-linux64/chrome-headless-shell",
    "chrome-linux/headless_shell",
  ]
  return caches
    .filter((cache) => cache && fs.existsSync(cache))
    .flatMap((cache) =>
      fs
        .readdirSync(cache)
        .filter((name) => name.startsWith("chromium"))
        .map((name) => path.join(cache, name)),
    )
    .sort()
    .reverse()
    .flatMap((folder) => inside.map((file) => path.join(folder, file)))
}

function installFromDebian() {
  say("正在安装测试用的 Chromium……", "Installing Chromium for the tests …")
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  }
  spawnSync("apt-get", ["update", "-qq"], options)
  for (const browser of ["chromium-headless-shell", "chromium"]) {
    const packages = [browser, "fonts-noto-cjk"]
    const { status } = spawnSync(
      "apt-get",
      ["install", "-y", "-qq", "--no-install-recommends", ...packages],
      options,
    )
    if (status === 0) return
  }
}

function runs(file, args) {
  return spawnSync(file, args, { stdio: "ignore", timeout: 30_000 }).status === 0
}
