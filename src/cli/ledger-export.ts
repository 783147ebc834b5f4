/** `hudun ledger export` and `check-export`: traces with their proofs, asked of the running server and checked without it. Clause 7.2. */

import { createReadStream } from "node:fs"
import { open, rename } from "node:fs/promises"
import { createInterface } from "node:readline"
import { parseArgs } from "node:util"
import { Malformed } from "../ledger/malformed.ts"
import { Unverified } from "../ledger/note.ts"
import type { Policy } from "../ledger/proof.ts"
import { BadExport, checkExport, exportedLog } from "../ledger/trace-export.ts"
import { exportTracesHere } from "../ledger/trace-export-contract.ts"
import { downloadFromServer } from "./local-server.ts"
import { keysFrom, Misuse, verifiersOf, witnessesFrom } from "./options.ts"
import { Progress } from "./progress.ts"

const newline = 0x0a

export async function exportCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      community: { type: "string" },
      after: { type: "string" },
      before: { type: "string" },
      to: { type: "string" },
    },
  })
  const { community, to } = values
  if (community === undefined || to === undefined) throw new Misuse("--community and --to are needed")
  if (!/^\d+$/.test(community)) throw new Misuse("--community is a number")
  const query = new URLSearchParams()
  for (const [name, told] of [
    ["after", values.after],
    ["before", values.before],
  ] as const)
    if (told !== undefined) query.set(name, instantOf(told, name))
  const path = `${exportTracesHere.path.replace(":communityId", community)}?${query.toString()}`
  const lines = await store(await downloadFromServer(path), to)
  process.stdout.write(`${lines - 1} traces in ${to}\n`)
  return 0
}

/** Under its name only when it is whole. */
async function store(body: AsyncIterable<Uint8Array>, to: string): Promise<number> {
  const file = await open(`${to}.part`, "w", 0o600)
  let lines = 0
  try {
    for await (const bytes of body) {
      lines += newlinesIn(bytes)
      await file.writeFile(bytes)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${to}.part`, to)
  return lines
}

function newlinesIn(bytes: Uint8Array): number {
  return bytes.reduce((count, byte) => count + Number(byte === newline), 0)
}

function instantOf(told: string, name: string): string {
  const at = new Date(told)
  if (Number.isNaN(at.getTime()))
    throw new Misuse(`--${name} is a day or a time, such as 2026-01-31 or 2026-01-31T08:00+08:00`)
  return at.toISOString()
}

export async function checkExportCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      key: { type: "string" },
      log: { type: "string" },
      "witness-keys": { type: "string" },
      quorum: { type: "string" },
      print: { type: "boolean" },
    },
  })
  const [file] = positionals
  if (file === undefined || values.key === undefined) throw new Misuse("a file and --key are needed")
  const keys = await keysFrom(values.key)
  const origin = await originOf(file)
  if (values.log !== undefined && origin !== values.log && !origin.endsWith(`/${values.log}`))
    return bad("the export is of another log")
  const witnesses = await witnessesFrom(values["witness-keys"], values.quorum)
  const policy = { origin, verifiers: verifiersOf(keys, origin), ...witnesses }
  return check(file, policy, values.print === true)
}

async function check(file: string, policy: Policy, isPrinted: boolean): Promise<number> {
  const progress = new Progress(policy.origin)
  try {
    const { head, checkpoint } = await checkExport(linesOf(file), policy, (content, done, count) => {
      if (isPrinted) process.stdout.write(`${content}\n`)
      progress.show(done, count)
    })
    const { first, count } = head
    const range = count === 0 ? "no leaves" : `leaves ${first} to ${first + count - 1}`
    process.stdout.write(`good  ${range} of ${checkpoint.size} in ${policy.origin}\n`)
    return 0
  } catch (error) {
    if (error instanceof BadExport || error instanceof Malformed || error instanceof Unverified)
      return bad(error.message)
    throw error
  } finally {
    progress.end()
  }
}

function bad(what: string): number {
  process.stdout.write(`BAD   ${what}\n`)
  return 1
}

function linesOf(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file) })
}

/** The log that the file says it is of; whether it is, its checkpoint tells. */
async function originOf(file: string): Promise<string> {
  for await (const line of linesOf(file)) return exportedLog(line)
  return ""
}
