/** Before the stories the real server opens the demonstration community once, and is stopped; those who work in it start on a copy of that folder. */

import { rm } from "node:fs/promises"
import type { TestProject } from "vitest/node"
import { z } from "zod"
import { openDemonstration } from "../../src/duty/people/contract.ts"
import { words } from "../../src/web/locales/zh-CN/words.ts"
import type { Credentials } from "./browser.ts"
import { startServer } from "./server.ts"

declare module "vitest" {
  export interface ProvidedContext {
    demonstration: Demonstration
  }
}

export interface Demonstration {
  /** Data folder of the stopped server. */
  readonly data: string
  readonly communityId: string
  /** By the word of the post. */
  readonly logins: Readonly<Record<string, Credentials>>
}

let data: string | undefined

export async function setup(project: TestProject): Promise<void> {
  const server = await startServer()
  data = server.data
  const code = new URL(server.setup).hash.replace("#code=", "")
  const reply = await fetch(`${server.address}${openDemonstration.path}`, {
    method: openDemonstration.method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ code }),
  })
  const { communityId, logins } = z.parse(openDemonstration.reply, await reply.json())
  await server.end()
  project.provide("demonstration", {
    data,
    communityId,
    logins: Object.fromEntries(logins.map((one) => [words.posts[one.post], one])),
  })
}

export async function teardown(): Promise<void> {
  if (data !== undefined) await rm(data, { recursive: true, force: true })
}
