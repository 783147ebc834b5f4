/** Everything that can be said about the sources without running the product: `npm run check`. Two at a time. */

import { spawn } from "node:child_process"
import path from "node:path"
import { installDependencies, root, toolEnvironment } from "./setup.mjs"
import { endWith } from "./setup-words.mjs"

const bin = (name) => path.join(root, "node_modules/.bin", name)

/** The longest first, so that two lanes end together. */
const checks = [
  ["rules of the house", [bin("vitest"), "run", "--project", "house", "--passWithNoTests"]],
  ["types", ["node", "node_modules/ts7/bin/tsc", "-p", "."]],
  ["unit tests", [bin("vitest"), "run", "--project", "unit", "--passWithNoTests"]],
  ["lint", [bin("oxlint"), "--type-aware", "--deny-warnings"]],
  ["unused code", [bin("knip"), "--no-progress", "--no-config-hints"]],
  ["format", [bin("biome"), "ci", "--colors=off", "."]],
  ["graph", ["node", "tools/graph.ts", "--check"]],
]

async function main() {
  const begin = Date.now()
  await installDependencies()
  const waiting = [...checks]
  const failed = []
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (!(await run(next))) failed.push(next[0])
    }
  }
  await Promise.all([lane(), lane()])
  console.log(`${seconds(begin)} s in all`)
  if (failed.length > 0) console.log(`failed: ${failed.join(", ")}`)
  process.exitCode = failed.length > 0 ? 1 : 0
}

/** Silent when it passes; otherwise what the tool said, whole. */
function run([name, [program, ...args]]) {
  const begin = Date.now()
  const child = spawn(program, args, {
    cwd: root,
    env: { ...toolEnvironment(), NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let said = ""
  const hear = (text) => {
    said += text
  }
  child.stdout.on("data", hear)
  child.stderr.on("data", hear)
  return new Promise((done) => {
    const end = (passed) => {
      console.log(`${passed ? "ok    " : "FAILED"} ${seconds(begin).padStart(5)} s  ${name}`)
      if (!passed) console.log(said)
      done(passed)
    }
    child.on("error", (error) => {
      hear(error.message)
      end(false)
    })
    child.on("close", (code) => end(code === 0))
  })
}

function seconds(begin) {
  return ((Date.now() - begin) / 1000).toFixed(1)
}

main().catch(endWith)
