/** Start: one data folder, one server, one address. Says in plain words what is wrong when it cannot. */

import "./platform/thread-pool.ts"
import { existsSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { join, resolve } from "node:path"
import { createApp } from "./app.ts"
import { type Config, readConfig } from "./config.ts"
import { newSetupCode, type SetupCode } from "./duty/people/setup-code.ts"
import { type OpenHouse, openHouse } from "./open-house.ts"
import { openCallBridge } from "./platform/call-bridge.ts"
import { systemClock } from "./platform/clock.ts"
import { type DataLock, lockData } from "./platform/data-lock.ts"
import { type Log, openLog, whereOf } from "./platform/log.ts"
import { random } from "./platform/random.ts"
import { StartFailure } from "./platform/start-failure.ts"
import { sealSentences } from "./vault/seal-reason.ts"

const program = resolve(import.meta.dirname, "..")
const oldestNode = 26

interface Running {
  readonly open: OpenHouse
  readonly lock: DataLock
  readonly address: string
  close(): Promise<void>
}

async function main(): Promise<void> {
  const log = openLog()
  process.on("warning", (warning) => log.event("server.warning", { name: warning.name, code: "" }))
  refuseOldNode()
  const config = readConfig(process.env, process.cwd())
  log.event("server.starting", { version: "0.1.0", node: process.version })
  const running = await start(config, log)
  log.event("server.serving", { address: running.address })
  stopOnSignal(running, log)
}

function refuseOldNode(): void {
  const major = Number(process.versions.node.split(".")[0])
  if (major >= oldestNode) return
  throw new Error(
    `node ${oldestNode} or newer is needed, this is ${process.version}: start with \`npm start\``,
  )
}

async function start(config: Config, log: Log): Promise<Running> {
  await mkdir(config.data, { recursive: true, mode: 0o700 })
  const lock = lockData(config.data)
  try {
    const open = await openHouse({ config, program, log })
    try {
      return await serve({ config, log, open, lock })
    } catch (error) {
      await open.close()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

interface Serving {
  readonly config: Config
  readonly log: Log
  readonly open: OpenHouse
  readonly lock: DataLock
}

async function serve({ config, log, open, lock }: Serving): Promise<Running> {
  const web = join(program, "dist", "web")
  const setup = (await isSetUp(open)) ? undefined : newSetupCode(Date.now(), random)
  const app = await createApp(open, {
    log,
    web: existsSync(web) ? web : undefined,
    setup,
    origin: config.origin,
    callBridge: config.callBridge && openCallBridge(config.callBridge, systemClock),
  })
  const address = await app.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
    throw listenFailure(error, config.port)
  })
  const shown = config.origin ?? address.replace("127.0.0.1", "localhost")
  process.stdout.write(`\n户盾 Hudun  ${shown}\n`)
  if (setup !== undefined) greet(setup, shown)
  sayIfSealed(open)
  const close = async () => {
    await app.close()
    await open.close()
    lock.release()
  }
  return { open, lock, address: shown, close }
}

async function isSetUp(open: OpenHouse): Promise<boolean> {
  const { rows } = await open.auth.query(
    "select from app.tenant where tenant_id <> 0 and not is_demonstration limit 1",
  )
  return rows.length > 0
}

function greet(setup: SetupCode, address: string): void {
  process.stdout.write(
    `首次使用请在浏览器打开（链接含一次性设置码）\nFirst run: open in a browser (the link holds a one-time set-up code)\n`,
  )
  process.stdout.write(`  ${address}/setup#code=${setup.text}\n`)
}

function sayIfSealed({ house }: OpenHouse): void {
  const { state } = house.vault.seal
  if (!state.sealed) return
  const { zh, en } = sealSentences[state.reason]
  process.stdout.write(`\n已封存：${zh}\nSealed: ${en}\n`)
}

function listenFailure(error: unknown, port: number): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "EADDRINUSE") {
    return new StartFailure(
      `端口 ${port} 已被占用。请停止占用它的程序，或用 PORT 指定别的端口，例如 PORT=7081 npm start。`,
      `Port ${port} is taken. Stop what uses it, or name another one in PORT, e.g. PORT=7081 npm start.`,
    )
  }
  if (code === "EACCES") {
    return new StartFailure(
      `没有权限使用端口 ${port}。请用 PORT 指定 1024 以上的端口。`,
      `Port ${port} may not be used by this account. Name one above 1023 in PORT.`,
    )
  }
  return error
}

function stopOnSignal(running: Running, log: Log): void {
  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    log.event("server.stopping", { signal })
    running.close().then(
      () => {
        log.event("server.stopped", {})
        process.exit(0)
      },
      () => process.exit(1),
    )
  }
  process.on("SIGTERM", () => stop("SIGTERM"))
  process.on("SIGINT", () => stop("SIGINT"))
}

main().catch((error: unknown) => {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exit(1)
})

function sentenceOf(error: unknown): string {
  if (error instanceof StartFailure) return error.message
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "ENOSPC" || code === "53100")
    return "磁盘已满，请清理空间后再启动。\nThe disk is full: free some space and start again."
  return `Hudun could not start: ${whereOf(error)}${causeOf(error)}`
}

function causeOf(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? ` <- ${whereOf(error.cause)}` : ""
}
