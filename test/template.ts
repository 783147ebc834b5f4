/** Before the files of a project, a cluster with every migration is made once; each process starts on a copy of it. */

import { execFile } from "node:child_process"
import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { promisify } from "node:util"
import type { TestProject } from "vitest/node"

declare module "vitest" {
  export interface ProvidedContext {
    template: Template
  }
}

export interface Template {
  /** Of the stopped PostgreSQL. */
  readonly directory: string
  /** How many migrations it holds. */
  readonly migrated: number
  /** Where each process keeps the PostgreSQL that its files share; it ends after the last file. */
  readonly clusters: string
}

const run = promisify(execFile)
const maker = resolve(import.meta.dirname, "template-child.ts")

let folder: string | undefined

export async function setup(project: TestProject): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), "hudun-template-"))
  const directory = join(folder, "postgres")
  // In a process of its own: the runner's loader does not find the programs of PostgreSQL.
  const { stdout } = await run(process.execPath, [maker, directory])
  const clusters = join(folder, "clusters")
  await mkdir(clusters)
  project.provide("template", { directory, migrated: Number(stdout), clusters })
}

export async function teardown(): Promise<void> {
  if (folder === undefined) return
  const clusters = join(folder, "clusters")
  for (const name of await readdir(clusters)) await end(join(clusters, name, "cluster", "postmaster.pid"))
  await rm(folder, { recursive: true, force: true })
}

/** At once: nobody needs what it holds any more. */
async function end(note: string): Promise<void> {
  try {
    const pid = Number((await readFile(note, "utf8")).split("\n")[0])
    process.kill(pid, "SIGQUIT")
    for (let tries = 0; tries < 100; tries += 1) {
      process.kill(pid, 0)
      await sleep(50)
    }
  } catch {
    // Gone.
  }
}

/** With the owners of the files, which the server insists on. */
export async function copyTemplate(from: string, to: string): Promise<void> {
  await run("cp", ["-a", from, to])
}
