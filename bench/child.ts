/** The servers under load are processes of their own: they tell when they are ready and what they have used. */

import { fork } from "node:child_process"
import { once } from "node:events"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { z } from "zod"

const told = z.object({
  /** Port on 127.0.0.1; 0 for a child that serves nothing. */
  port: z.number().int(),
})

const used = z.object({
  /** Of all threads, in microseconds. */
  cpu: z.number(),
  /** The highest so far, in bytes. */
  peakMemory: z.number(),
})
export type Used = z.infer<typeof used>

export interface Child {
  readonly port: number
  usage(): Promise<Used>
  stop(): Promise<void>
}

/** Starts `bench/<name>.ts` with these settings as its argument and waits until it says that it is ready. */
export async function startChild(name: string, settings: object): Promise<Child> {
  const child = fork(join(import.meta.dirname, `${name}.ts`), [JSON.stringify(settings)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  })
  const ended = new Promise<never>((_, reject) => {
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}`)))
  })
  ended.catch(() => undefined)
  const hear = () =>
    Promise.race([new Promise<unknown>((resolve) => void child.once("message", resolve)), ended])
  const { port } = told.parse(await hear())
  return {
    port,
    async usage() {
      child.send("usage")
      return used.parse(await hear())
    },
    async stop() {
      child.send("stop")
      if (child.exitCode === null) await once(child, "exit")
    },
  }
}

/** The child's side: its settings, as the parent gave them. */
export function settingsOf<Settings extends z.ZodType>(shape: Settings): z.output<Settings> {
  return shape.parse(JSON.parse(process.argv[2] ?? "null"))
}

/** The child's side: the port that a server with these addresses listens on. */
export function portOf(address: AddressInfo | string | null | undefined): number {
  if (typeof address !== "object" || address === null) throw new Error("the server listens on no port")
  return address.port
}

/** The child's side: tells that it is ready, answers questions, ends when asked or when the parent is gone. */
export function ready(port: number, close: () => Promise<void>): void {
  const end = () => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on("message", (message) => {
    if (message === "stop") end()
    if (message === "usage") process.send?.(usageOfThis())
  })
  process.once("disconnect", end)
  process.send?.({ port })
}

function usageOfThis(): Used {
  const { user, system } = process.cpuUsage()
  return { cpu: user + system, peakMemory: process.resourceUsage().maxRSS * 1024 }
}
