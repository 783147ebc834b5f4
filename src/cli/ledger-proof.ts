/** `hudun ledger prove` and `check-proof`: receipts in C2SP tlog-proof, made from tiles and checked without a network. Clause 7.2. */

import { readFile, writeFile } from "node:fs/promises"
import { parseArgs } from "node:util"
import { fromBase64 } from "../ledger/base64.ts"
import { parseCheckpoint } from "../ledger/checkpoint.ts"
import { folderOf } from "../ledger/log-name.ts"
import { Malformed } from "../ledger/malformed.ts"
import { leafHash } from "../ledger/merkle.ts"
import { parseNote, Unverified } from "../ledger/note.ts"
import { checkProof, formatProof, type Policy, parseProof } from "../ledger/proof.ts"
import { checkReceipt, proofFrom } from "../ledger/receipt.ts"
import { filesAt, keysFrom, Misuse, parseKeys, verifiersOf, witnessesFrom } from "./options.ts"

export async function proveCommand(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      tiles: { type: "string" },
      log: { type: "string" },
      index: { type: "string" },
      out: { type: "string" },
    },
  })
  if (values.index === undefined || values.log === undefined) throw new Misuse("--index and --log are needed")
  const root = values.tiles ?? `${process.env["HUDUN_DATA"] ?? "./data"}/ledger`
  const files = filesAt(`${root}/${folderOf(await originAt(root, values.log))}`)
  const note = await files.read("checkpoint")
  if (note === undefined) throw new Misuse("the log has no checkpoint there")
  const proof = formatProof(await proofFrom(files, Number(values.index), new TextDecoder().decode(note)))
  if (values.out === undefined) process.stdout.write(proof)
  else await writeFile(values.out, proof)
  return 0
}

/** The whole origin when a log was named by its end, such as a community's number. */
async function originAt(root: string, log: string): Promise<string> {
  const bytes = await filesAt(root).read("verifier-keys")
  const keys = bytes === undefined ? [] : parseKeys(new TextDecoder().decode(bytes))
  return keys.find(({ name }) => name === log || name.endsWith(`/${log}`))?.name ?? log
}

export async function checkProofCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      key: { type: "string" },
      entry: { type: "string" },
      "witness-keys": { type: "string" },
      quorum: { type: "string" },
    },
  })
  const [file] = positionals
  if (file === undefined || values.key === undefined) throw new Misuse("a file and --key are needed")
  const text = await readFile(file, "utf8")
  const { origin } = parseCheckpoint(parseNote(parseProof(text).checkpoint).text)
  const witnesses = await witnessesFrom(values["witness-keys"], values.quorum)
  const policy = { origin, verifiers: verifiersOf(await keysFrom(values.key), origin), ...witnesses }
  try {
    process.stdout.write(await checked(text, policy, values.entry))
    return 0
  } catch (error) {
    if (!(error instanceof Malformed || error instanceof Unverified)) throw error
    process.stdout.write(`BAD   ${error.message}\n`)
    return 1
  }
}

/** With `--entry` any proof can be checked; without it the receipt shows its own trace. */
async function checked(text: string, policy: Policy, entry: string | undefined): Promise<string> {
  if (entry === undefined) {
    const { index, checkpoint, content } = await checkReceipt(text, policy)
    return `good  leaf ${index} of ${checkpoint.size} in ${checkpoint.origin}\n${content}\n`
  }
  const proof = parseProof(text)
  const checkpoint = await checkProof(proof, leafHash(fromBase64(entry)), policy)
  return `good  leaf ${proof.index} of ${checkpoint.size} in ${checkpoint.origin}\n`
}
