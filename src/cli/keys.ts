/** `hudun keys …`: asks the running server, so that each act leaves its trace there. docs/keys.md tells what each does. */

import { setTimeout as sleep } from "node:timers/promises"
import { parseArgs } from "node:util"
import { z } from "zod"
import { type Config, readConfig } from "../config.ts"
import {
  type CompanyKeys,
  type Inventory,
  type KekView,
  listAllKeys,
  resealAnyRecords,
  resolveAnyRecord,
  rewrapAnyKeys,
  rotateAnyKeys,
  tellExport,
} from "../duty/keys/contract.ts"
import { readRootKey } from "../vault/root-file.ts"
import { secretOf } from "../vault/root-provider.ts"
import { splitRoot } from "../vault/share.ts"
import { askServer } from "./local-server.ts"
import { Misuse } from "./options.ts"
import { Progress } from "./progress.ts"

const watchMilliseconds = 1_000

export async function statusCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: "boolean" } } })
  const inventory = await askServer(listAllKeys, {})
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify(inventory)}\n`)
    return 0
  }
  process.stdout.write(`${linesOf(inventory).join("\n")}\n`)
  return inventory.quarantine.length === 0 ? 0 : 1
}

function linesOf({ provider, kekDays, backupDays, companies, quarantine }: Inventory): string[] {
  return [
    `root: ${provider}; KEKs roll after ${kekDays} days and die ${backupDays} days after`,
    ...companies.flatMap(companyLines),
    `records that do not open: ${quarantine.length}`,
  ]
}

function companyLines({ tenantId, suite, rewrapped, keys, keks, indexKeys, reseal }: CompanyKeys): string[] {
  return [
    `company ${tenantId}: ${suite}, ${rewrapped} of ${keys} keys under the newest epoch`,
    ...(reseal === null ? [] : [`  ${reseal.left} of ${reseal.records} records to be sealed anew`]),
    ...keks.map(
      (kek) =>
        `  epoch ${kek.epoch}  ${kek.suite}  ${kek.wraps} keys, ${kek.records} records, ${kek.unwraps} unwraps  ${stateOf(kek)}`,
    ),
    ...indexKeys.map(({ communityId, epoch, suite: code, state, tagged, persons }) => {
      const progress = tagged === null ? "" : `  ${tagged} of ${persons} persons`
      return `  index of community ${communityId}, epoch ${epoch}  ${code}  ${state}${progress}`
    }),
  ]
}

function stateOf({ createdAt, retiredAt, destroyedAt }: KekView): string {
  if (destroyedAt !== null) return `destroyed ${destroyedAt}`
  if (retiredAt !== null) return `retired ${retiredAt}`
  return `in use since ${createdAt}`
}

export async function rotateCommand(args: string[]): Promise<number> {
  const options = { company: { type: "string" }, suite: { type: "string" } } as const
  const { values } = parseArgs({ args, options })
  const suite = z.enum(["A1", "S1"]).optional().safeParse(values.suite)
  if (!suite.success) throw new Misuse("--suite is A1 (AES, SHA-256) or S1 (SM4, SM3)")
  for (const tenantId of await companiesOf(values.company)) {
    const body = suite.data === undefined ? { tenantId } : { tenantId, suite: suite.data }
    const { epoch } = await askServer(rotateAnyKeys, { body })
    process.stdout.write(
      `company ${tenantId}: epoch ${epoch} begun; keys are wrapped again in the background\n`,
    )
  }
  return 0
}

export async function rewrapCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { company: { type: "string" } } })
  let left = 0
  for (const tenantId of await companiesOf(values.company)) {
    const { done, unopenable } = await askServer(rewrapAnyKeys, { body: { tenantId } })
    left += unopenable
    process.stdout.write(`company ${tenantId}: ${done} keys wrapped again, ${unopenable} do not open\n`)
  }
  return left === 0 ? 0 : 1
}

/** Orders it and watches. Broken off, the server goes on; asked again, nothing is done twice. */
export async function resealCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { company: { type: "string" } } })
  for (const tenantId of await companiesOf(values.company)) {
    await askServer(resealAnyRecords, { body: { tenantId } })
    await untilResealed(tenantId)
    process.stdout.write(`company ${tenantId}: records are sealed under the suite of its newest key\n`)
  }
  return 0
}

async function untilResealed(tenantId: string): Promise<void> {
  const progress = new Progress("records")
  for (;;) {
    const { companies } = await askServer(listAllKeys, {})
    const reseal = companies.find((one) => one.tenantId === tenantId)?.reseal ?? null
    // What is left now does not open, and is set aside.
    if (reseal === null) return progress.end()
    progress.show(reseal.records - reseal.left, reseal.records)
    await sleep(watchMilliseconds)
  }
}

/** Identifiers only: whose record it is, is found where records are restored. */
export async function quarantineCommand(args: string[]): Promise<number> {
  const options = {
    community: { type: "string" },
    subject: { type: "string" },
    class: { type: "string" },
  } as const
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true })
  const [verb = "list"] = positionals
  if (verb === "list") return listQuarantine()
  const { community: communityId, subject: subjectId, class: code } = values
  if (verb !== "resolve" || communityId === undefined || subjectId === undefined || code === undefined)
    throw new Misuse("list, or resolve --community ID --subject ID --class CODE")
  await askServer(resolveAnyRecord, { body: { communityId, subjectId, class: code } })
  process.stdout.write(`${subjectId} ${code}: opens again, no longer set aside\n`)
  return 0
}

async function listQuarantine(): Promise<number> {
  const { quarantine } = await askServer(listAllKeys, {})
  for (const { communityId, subjectId, class: code, version, foundAt } of quarantine)
    process.stdout.write(
      `community ${communityId}  subject ${subjectId}  ${code}  version ${version}  since ${foundAt}\n`,
    )
  return quarantine.length === 0 ? 0 : 1
}

export async function providersCommand(): Promise<number> {
  const { root } = readConfig(process.env, process.cwd())
  process.stdout.write(`in use: ${root.kind}\n`)
  process.stdout.write(
    "HUDUN_ROOT=file:<path> | transit:https://<host>/<mount>/<key> | pkcs11:token=<label>;object=<label>?module-path=<library> | shares:\n",
  )
  return 0
}

/** The root key is read here, with its passphrase, and not asked of the server: it never travels. */
export async function exportSharesCommand(args: string[]): Promise<number> {
  const options = { of: { type: "string", default: "3" }, need: { type: "string", default: "2" } } as const
  const { values } = parseArgs({ args, options })
  const [of, need] = [Number(values.of), Number(values.need)]
  if (!Number.isInteger(of) || !Number.isInteger(need) || need < 2 || need > of || of > 16)
    throw new Misuse("--of N --need M, 2 <= M <= N <= 16")
  const key = await rootKeyOf(readConfig(process.env, process.cwd()))
  await askServer(tellExport, { body: {} })
  const shares = await splitRoot(key, { of, need })
  process.stderr.write(
    `${need} of these ${of} open the root key. Give each to another person; none is kept here.\n`,
  )
  process.stdout.write(`${shares.join("\n")}\n`)
  return 0
}

async function rootKeyOf({ root }: Config) {
  if (root.kind !== "file") throw new Misuse(`the root key never leaves its provider (${root.kind})`)
  return readRootKey(root.path, await secretOf(root.passphraseFile, "passphrase_missing"))
}

async function companiesOf(said: string | undefined): Promise<string[]> {
  if (said !== undefined) return [said]
  return (await askServer(listAllKeys, {})).companies.map((company) => company.tenantId)
}
