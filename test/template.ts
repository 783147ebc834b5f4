/** Before the files of a project, a cluster with every migration is made once; each file starts on a copy of it. */

import { execFile } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  export interface ProvidedContext {
    /** Folder of the stopped PostgreSQL, and how many migrations it holds. */
    template: { readonly directory: string; readonly migrated: number }
  }
}

const run = promisify(execFile)
const maker = resolve(import.meta.dirname, "template-child.ts")

let folder: string | undefined

export async function setup(project: TestProject): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), "hudun-template-"))
  const directory = join(folder, "postgres")
  // In a process of its own: the runner's loader does not find the programs of PostgreSQL.
  const { stdout } = await run(process.execPath, [maker, directory])
  project.provide("template", { directory, migrated: Number(stdout) })
}

export async function teardown(): Promise<void> {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
}

/** With the owners of the files, which the server insists on. */
export async function copyTemplate(from: string, to: string): Promise<void> {
  await run("cp", ["-a", from, to])
}
