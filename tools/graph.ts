/** Draws the graph between slices in ARCHITECTURE.md: `npm run graph`. With `--check` it only says whether it is up to date. */

import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { type Dependencies, readDependencies, root } from "./dependencies.ts"

const file = join(root, "ARCHITECTURE.md")
const between = /(<!-- graph:start -->\n)[\s\S]*?(<!-- graph:end -->)/

async function main(): Promise<void> {
  const text = existsSync(file) ? readFileSync(file, "utf8") : ""
  if (!between.test(text)) return
  const drawn = text.replace(between, `$1${draw(edgesOf(await readDependencies()))}$2`)
  if (drawn === text) return
  if (process.argv.includes("--check")) {
    console.error("the graph in ARCHITECTURE.md is out of date: npm run graph")
    process.exitCode = 1
    return
  }
  writeFileSync(file, drawn)
}

/** What runs: types vanish, tests are no part of the product, and base is imported by all. */
function edgesOf({ modules }: Dependencies): readonly string[] {
  const edges = new Set<string>()
  for (const { source, dependencies } of modules.filter(({ source }) => !source.includes(".test."))) {
    for (const { resolved, dependencyTypes } of dependencies) {
      const [from, to] = [sliceOf(source), sliceOf(resolved)]
      if (dependencyTypes.includes("type-only") || from === undefined || to === undefined) continue
      if (from !== to) edges.add(`  ${from} --> ${to}`)
    }
  }
  return [...edges].sort()
}

function sliceOf(path: string): string | undefined {
  const [top, first, second, third] = path.split("/")
  if (top !== "src" || first === "base") return undefined
  if (second === undefined) return "app"
  return third !== undefined && (first === "lifecycle" || first === "duty") ? second : first
}

function draw(edges: readonly string[]): string {
  const head =
    "Which slice runs code of which (`base`, which all import, is left out; drawn by `npm run graph`):\n\n"
  return `${head}\`\`\`mermaid\nflowchart TD\n${edges.join("\n")}\n\`\`\`\n`
}

await main()
