/** `hudun keys …`: asks the running server, so that each act leaves its trace there. docs/keys.md tells what each does. */

import { parseArgs } from "node:util"
import { z } from "zod"
import { type Config, readConfig } from "../config.ts"
import { listAllKeys, rewrapAnyKeys, rotateAnyKeys, tellExport } from "../duty/keys/contract.ts"
import { readRootKey } from "../vault/root-file.ts"
import { secretOf } from "../vault/root-provider.ts"
import { splitRoot } from "../vault/share.ts"
import { askServer } from "./local-server.ts"
import { Misuse } from "./options.ts"

export async function statusCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: "boolean" } } })
  const inventory = await askServer(listAllKeys, {})
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify(inventory)}\n`)
    return 0
  }
  const { provider, kekDays, backupDays, companies, quarantine } = inventory
  process.stdout.write(
    `root: ${provider}; KEKs roll after ${kekDays} days and die ${backupDays} days after\n`,
  )
  for (const company of companies) {
    process.stdout.write(
      `company ${company.tenantId}: ${company.suite}, ${company.rewrapped} of ${company.keys} keys under the newest epoch\n`,
    )
    for (const kek of company.keks) {
      const end = kek.destroyedAt ?? kek.retiredAt
      const state =
        kek.destroyedAt !== null ? "destroyed" : kek.retiredAt !== null ? "retired" : "in use since"
      process.stdout.write(
        `  epoch ${kek.epoch}  ${kek.suite}  ${kek.wraps} keys  ${state} ${end ?? kek.createdAt}\n`,
      )
    }
    for (const key of company.indexKeys) {
      const progress = key.tagged === null ? "" : `  ${key.tagged} of ${key.persons} persons`
      process.stdout.write(
        `  index of community ${key.communityId}, epoch ${key.epoch}  ${key.suite}  ${key.state}${progress}\n`,
      )
    }
  }
  process.stdout.write(`records that do not open: ${quarantine.length}\n`)
  return quarantine.length === 0 ? 0 : 1
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
