/** Builds the console beside the old one and puts it in its place when it is whole. */

import fs from "node:fs"
import path from "node:path"
import { build } from "vite"
import { noteFile, writeNote } from "./setup-web.mjs"

const root = path.join(import.meta.dirname, "..")
const web = path.join(root, "dist/web")
const making = `${web}.making`
const old = `${web}.old`

const seen = []
/** Asks the builder itself, so that a contract or a rule which the console imports is never forgotten. */
const listModules = {
  name: "list-modules",
  buildEnd() {
    for (const id of this.getModuleIds()) if (path.isAbsolute(id)) seen.push(id.replace(/\?.*$/, ""))
  },
}

fs.rmSync(making, { recursive: true, force: true })
await build({
  configFile: path.join(root, "vite.config.ts"),
  plugins: [listModules],
  logLevel: "warn",
  build: { outDir: making, emptyOutDir: true },
})
fs.rmSync(path.join(root, noteFile), { force: true })
fs.rmSync(old, { recursive: true, force: true })
if (fs.existsSync(web)) fs.renameSync(web, old)
fs.renameSync(making, web)
fs.rmSync(old, { recursive: true, force: true })
writeNote(
  root,
  seen.filter((file) => fs.existsSync(file)),
)
