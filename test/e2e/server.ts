/** The real server in a process of its own, as `npm start` runs it, on a fresh data folder or on a copy of another. */

import { type ChildProcess, spawn } from "node:child_process"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { copyTemplate } from "../template.ts"

export interface Server {
  readonly address: string
  /** The link of the first run, with its one-time code. */
  readonly setup: string
  readonly data: string
  readonly process: ChildProcess
  /** Ends it and leaves its data folder. */
  end(): Promise<void>
  /** Ends it and removes its data folder. */
  stop(): Promise<void>
}

const program = resolve(import.meta.dirname, "../..")
const patience = 60_000

/** `from`: the data folder of a stopped server. */
export async function startServer(from?: string): Promise<Server> {
  const data = await mkdtemp(join(tmpdir(), "hudun-e2e-"))
  if (from !== undefined) await copyTemplate(`${from}/.`, data)
  const child = spawn(process.execPath, ["src/main.ts"], {
    cwd: program,
    env: { ...process.env, PORT: String(await freePort()), HUDUN_DATA: data },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const setup = await firstRunLink(child)
  const end = async () => {
    const ended = new Promise((done) => child.once("exit", done))
    child.kill("SIGTERM")
    await ended
  }
  return {
    address: new URL(setup).origin,
    setup,
    data,
    process: child,
    end,
    async stop() {
      await end()
      await rm(data, { recursive: true, force: true })
    },
  }
}

function firstRunLink(child: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let said = ""
    const timer = setTimeout(() => fail(new Error(`the server did not start: ${said}`)), patience)
    const hear = (text: Buffer) => {
      said += text.toString("utf8")
      const link = /(http\S+\/setup#code=\S+)/.exec(said)?.[1]
      if (link === undefined) return
      clearTimeout(timer)
      done(link)
    }
    child.stdout?.on("data", hear)
    child.stderr?.on("data", hear)
    child.once("exit", () => fail(new Error(`the server ended: ${said}`)))
  })
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once("error", fail)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() =>
        typeof address === "object" && address ? done(address.port) : fail(new Error("no port")),
      )
    })
  })
}
