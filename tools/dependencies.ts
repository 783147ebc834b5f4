/** Who imports whom in src, as dependency-cruiser sees it under the rules of `.dependency-cruiser.cjs`. */

import { execFile } from "node:child_process"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { z } from "zod"

export const root = join(import.meta.dirname, "..")

const report = z.object({
  modules: z.array(
    z.object({
      source: z.string(),
      dependencies: z.array(z.object({ resolved: z.string(), dependencyTypes: z.array(z.string()) })),
    }),
  ),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

export type Dependencies = z.infer<typeof report>

export async function readDependencies(): Promise<Dependencies> {
  const program = join(root, "node_modules/.bin/depcruise")
  const args = [program, "src", "--config", ".dependency-cruiser.cjs", "--output-type", "json"]
  return report.parse(JSON.parse(await run(args)))
}

/** Every source of the product, as a path from the root of the working copy. */
export function sourceFiles(): readonly string[] {
  return readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
    .map((name) => join("src", name))
    .sort()
}

/** It ends with the number of violations, and writes the report all the same. */
async function run(args: readonly string[]): Promise<string> {
  const options = { cwd: root, maxBuffer: 256 * 1024 * 1024 }
  const outcome = await promisify(execFile)(process.execPath, args, options).catch((error: unknown) => error)
  const { stdout } = z.object({ stdout: z.string() }).parse(outcome)
  return stdout
}
