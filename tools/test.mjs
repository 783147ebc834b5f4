/** Every test, on a working copy in whatever state: `npm test`. Arguments go to vitest. The last line counts. */

import { spawnSync } from "node:child_process"
import fs from "node:fs"
import os from "node:os"
import path from "node:path"
import { root, setUp, toolEnvironment } from "./setup.mjs"
import { endWith } from "./setup-words.mjs"
import { findBrowser } from "./test-browser.mjs"

/** One after the other: what is measured in the browser must not wait for what strains the database. */
const rounds = [["unit", "house", "machine"], ["api"], ["e2e"]]

async function main() {
  await setUp()
  const browser = findBrowser()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "hudun-results-"))
  const count = { passed: 0, failed: 0, names: /** @type {string[]} */ ([]) }
  try {
    for (const projects of rounds) add(count, run(projects, folder, browser))
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
  // Whoever sees the end of a long output only still learns what failed.
  for (const name of count.names) console.log(`failed: ${name}`)
  console.log(`${count.passed} passed, ${count.failed} failed`)
  process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0
}

function run(projects, folder, browser) {
  const file = path.join(folder, `${projects[0]}.json`)
  const chosen = projects.flatMap((name) => ["--project", name])
  // Left to itself it takes one worker less than there are processors: of two, one.
  if (projects.includes("unit")) chosen.push("--maxWorkers", `${Math.max(2, os.availableParallelism() - 1)}`)
  // Servers and commands start some two hundred times: what Node compiled once it need not compile again.
  const env = { ...toolEnvironment(), CHROMIUM: browser, NODE_COMPILE_CACHE: path.join(folder, "compiled") }
  const report = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`]
  const { status } = spawnSync(
    path.join(root, "node_modules/.bin/vitest"),
    ["run", ...chosen, "--passWithNoTests", ...report, ...process.argv.slice(2)],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"], env },
  )
  return read(file, status, projects)
}

/** A file that does not load, or a round that falls over, is a failure too, though no test of it failed. */
function read(file, status, projects) {
  const result = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {}
  const { numPassedTests: passed = 0, numFailedTests = 0, testResults = [] } = result
  const unloaded = testResults.filter(({ status, assertionResults }) => {
    return status === "failed" && !assertionResults.some((test) => test.status === "failed")
  })
  const failed = numFailedTests + unloaded.length
  const names = [...unloaded.map(({ name }) => path.relative(root, name)), ...testResults.flatMap(failedIn)]
  if (failed > 0 || status === 0) return { passed, failed, names }
  return {
    passed,
    failed: 1,
    names: [`${projects.join(", ")} > what no test waits for, see "Unhandled Errors" above`],
  }
}

function failedIn({ name, assertionResults }) {
  const failed = assertionResults.filter(({ status }) => status === "failed")
  return failed.map(({ fullName }) => `${path.relative(root, name)} > ${fullName}`)
}

function add(count, { passed, failed, names }) {
  count.passed += passed
  count.failed += failed
  count.names.push(...names)
}

main().catch(endWith)
