#!/usr/bin/env node
/** `hudun …`: runs the commands on a Node that reads TypeScript, as `npm start` does. */

import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const oldestNode = 26
const here = dirname(fileURLToPath(import.meta.url))
const own = join(here, "..", "..", "node_modules", ".bin", "node")
const isNew = Number(process.versions.node.split(".")[0]) >= oldestNode

if (!isNew && !existsSync(own)) {
  process.stderr.write(`Node ${oldestNode} is needed; run \`npm install\` in the folder of Hudun first.\n`)
  process.exit(1)
}
const result = spawnSync(isNew ? process.execPath : own, [join(here, "hudun.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
})
process.exit(result.status ?? 1)
