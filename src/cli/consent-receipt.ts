/** `hudun consent check-receipt`: a receipt of consent, checked without a network. Clause 7.2. */

import { readFile } from "node:fs/promises"
import { parseArgs } from "node:util"
import { parseCheckpoint } from "../ledger/checkpoint.ts"
import { verifyEd25519 } from "../ledger/ed25519.ts"
import { Malformed } from "../ledger/malformed.ts"
import { parseNote, Unverified, type VerifierKey } from "../ledger/note.ts"
import { parseProof } from "../ledger/proof.ts"
import { checkReceipt } from "../ledger/receipt.ts"
import { openConsentReceipt } from "../lifecycle/consent/receipt.ts"
import { keysFrom, Misuse, verifiersOf, witnessesFrom } from "./options.ts"

export async function checkConsentReceiptCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { key: { type: "string" } },
  })
  const [file] = positionals
  if (file === undefined || values.key === undefined) throw new Misuse("a file and --key are needed")
  const keys = await keysFrom(values.key)
  try {
    process.stdout.write(await checked(await readFile(file, "utf8"), keys))
    return 0
  } catch (error) {
    if (!(error instanceof Malformed || error instanceof Unverified)) throw error
    process.stdout.write(`BAD   ${error.message}\n`)
    return 1
  }
}

async function checked(text: string, keys: readonly VerifierKey[]): Promise<string> {
  const publicKeys = keys.map(({ publicKey }) => publicKey)
  const { record, proof, isSigned, isBound } = await openConsentReceipt(text, publicKeys, verifyEd25519)
  if (!isSigned) throw new Malformed("the signature is not that of the key over this record")
  if (!isBound) throw new Malformed("the proof is about another event")
  const said = `good  signed: ${record.event.event_type} ${record.privacy_notice.feature} ${record.event.event_time}\n`
  if (proof === null) return `${said}      no proof of the log yet: take the receipt again\n`
  const { origin } = parseCheckpoint(parseNote(parseProof(proof).checkpoint).text)
  const witnesses = await witnessesFrom(undefined, undefined)
  const policy = { origin, verifiers: verifiersOf(keys, origin), ...witnesses }
  const { index, checkpoint } = await checkReceipt(proof, policy)
  return `${said}good  leaf ${index} of ${checkpoint.size} in ${checkpoint.origin}\n`
}
