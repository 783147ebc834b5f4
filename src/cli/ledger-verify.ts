/** `hudun ledger verify`: re-derives whole logs from their files, offline, and names the first bad leaf. Clause 3.12. */

import { createReadStream } from "node:fs"
import { readFile } from "node:fs/promises"
import { createInterface } from "node:readline"
import { parseArgs } from "node:util"
import { z } from "zod"
import { type Checkpoint, parseCheckpoint } from "../ledger/checkpoint.ts"
import { entryOf } from "../ledger/entry.ts"
import { Lanes } from "../ledger/lanes.ts"
import { folderOf } from "../ledger/log-name.ts"
import { Broken, type LogFiles } from "../ledger/log-walk.ts"
import { Malformed } from "../ledger/malformed.ts"
import { nativeSha256 } from "../ledger/native-sha256.ts"
import { parseNote, type VerifierKey } from "../ledger/note.ts"
import { topHeads } from "../ledger/top-heads.ts"
import { type Verified, verifyLog } from "../ledger/verify.ts"
import {
  filesAt,
  keysFrom,
  Misuse,
  parseKeys,
  verifiersOf,
  type Witnesses,
  witnessesFrom,
} from "./options.ts"
import { Progress } from "./progress.ts"

const options = {
  tiles: { type: "string" },
  log: { type: "string" },
  key: { type: "string" },
  checkpoint: { type: "string", multiple: true },
  traces: { type: "string" },
  "witness-keys": { type: "string" },
  quorum: { type: "string" },
  json: { type: "boolean" },
} as const

interface Asked {
  readonly root: string
  readonly keys: readonly VerifierKey[]
  readonly witnesses: Witnesses
  readonly kept: readonly string[]
  readonly traces: string | undefined
}

interface Outcome {
  readonly origin: string
  readonly verified?: Verified
  readonly broken?: Broken
}

export async function verifyCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options, strict: true })
  const root = values.tiles ?? `${process.env["HUDUN_DATA"] ?? "./data"}/ledger`
  const keys = values.key === undefined ? await keysBeside(root) : await keysFrom(values.key)
  const kept = await Promise.all((values.checkpoint ?? []).map((file) => readFile(file, "utf8")))
  const witnesses = await witnessesFrom(values["witness-keys"], values.quorum)
  const origins = chosen(keys, values.log, kept)
  if (values.traces !== undefined && origins.length !== 1) throw new Misuse("--traces needs --log")
  const outcomes: Outcome[] = []
  const heads: Checkpoint[] = []
  const asked = { root, keys, witnesses, kept, traces: values.traces }
  for (const origin of origins) outcomes.push(await verifyOne(asked, origin, heads))
  process.stdout.write(outcomes.map((outcome) => line(outcome, values.json === true)).join(""))
  return outcomes.every(({ broken }) => broken === undefined) ? 0 : 1
}

async function keysBeside(root: string): Promise<VerifierKey[]> {
  const bytes = await filesAt(root).read("verifier-keys")
  if (bytes === undefined)
    throw new Misuse(`no logs at ${root}: name them with --tiles, and whose they are with --key`)
  process.stderr.write(
    "The keys were read from the same place as the logs: keep your own copy and give it with --key.\n",
  )
  return parseKeys(new TextDecoder().decode(bytes))
}

/** The top log first: what it says of the others is checked with them. */
function chosen(keys: readonly VerifierKey[], log: string | undefined, kept: readonly string[]): string[] {
  const all = [...new Set(keys.map(({ name }) => name))]
  const named = all.filter((origin) => log === undefined || origin === log || origin.endsWith(`/${log}`))
  if (named.length === 0) throw new Misuse("no key is the named log's")
  const unknown = kept.map(originOfNote).find((origin) => !named.includes(origin))
  if (unknown !== undefined) throw new Misuse("a kept checkpoint is of none of these logs")
  return named.sort((one, other) => Number(other.endsWith("/top")) - Number(one.endsWith("/top")))
}

function originOfNote(note: string): string {
  return parseCheckpoint(parseNote(note).text).origin
}

async function verifyOne(asked: Asked, origin: string, heads: Checkpoint[]): Promise<Outcome> {
  const progress = new Progress(origin)
  const files = await filesOf(asked.root, origin)
  try {
    const verified = await verifyLog({
      files,
      policy: { origin, verifiers: verifiersOf(asked.keys, origin), ...asked.witnesses },
      kept: asked.kept.filter((note) => originOfNote(note) === origin),
      heads: heads.filter((head) => head.origin === origin),
      entries: asked.traces === undefined ? undefined : entriesOfExport(asked.traces),
      hashing: new Lanes(),
      progress: (done, size) => progress.show(done, size),
    })
    if (origin.endsWith("/top")) heads.push(...(await topHeads(files, verified.checkpoint.size)))
    return { origin, verified }
  } catch (error) {
    if (error instanceof Broken) return { origin, broken: error }
    throw error
  } finally {
    progress.end()
  }
}

/** A place may hold all logs of an installation, or be the folder of one. */
async function filesOf(root: string, origin: string): Promise<LogFiles> {
  const below = filesAt(`${root.replace(/\/$/, "")}/${folderOf(origin)}`)
  if ((await below.read("checkpoint")) !== undefined) return below
  const here = filesAt(root)
  return (await here.read("checkpoint")) === undefined ? below : here
}

const exported = z.object({ content: z.string(), salt: z.string() })

/** The entries that exported traces make, one JSON object a line in the order of the log. */
async function* entriesOfExport(file: string): AsyncGenerator<Uint8Array> {
  for await (const text of createInterface({ input: createReadStream(file) })) {
    if (text === "") continue
    const { content, salt } = exported.parse(JSON.parse(text))
    const bytes = Buffer.from(salt, "base64")
    if (bytes.length !== 16) throw new Malformed("a salt is not 16 bytes")
    yield entryOf(content, bytes, nativeSha256)
  }
}

function line({ origin, verified, broken }: Outcome, isJson: boolean): string {
  const facts = {
    log: origin,
    good: broken === undefined,
    ...(verified ? { leaves: verified.checkpoint.size, witnessed: verified.witnessed } : {}),
    ...(broken ? { fault: broken.fault } : {}),
    ...(broken?.index === undefined ? {} : { leaf: broken.index }),
  }
  if (isJson) return `${JSON.stringify(facts)}\n`
  if (broken !== undefined) return `BAD   ${origin}  ${broken.message}\n`
  return `good  ${origin}  ${facts.leaves} leaves, ${facts.witnessed} of them seen by the witnesses asked for\n`
}
