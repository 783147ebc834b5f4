/**
 * Asking the witnesses: each gets the newest checkpoint with a proof from the last one it is known to have, and its line is
 * kept in the file `cosigned` once enough have answered. C2SP tlog-witness. Clause 9.5.
 */

import { toBase64 } from "./base64.ts"
import { parseCheckpoint, parseCount } from "./checkpoint.ts"
import { cosignatureVerifier } from "./cosignature.ts"
import type { Disk } from "./disk.ts"
import { verifyEd25519 } from "./ed25519.ts"
import { LedgerStop } from "./ledger-stop.ts"
import { Malformed } from "./malformed.ts"
import { nodesOf, proofRanges, proveConsistency } from "./merkle.ts"
import type { SignedLog } from "./mirror-copy.ts"
import { openNote, parseNote, parseVerifierKey, signatureLine, Unverified, type Verifier } from "./note.ts"
import { tilesOf } from "./receipt.ts"
import { tileHashes } from "./tile.ts"
import { cosignedFile } from "./verify.ts"
import { formatAddCheckpoint } from "./witness.ts"

export interface WitnessAddress {
  /** Submission prefix. */
  readonly url: string
  /** As it was told. */
  readonly key: string
  readonly verifier: Verifier
}

const patience = 5_000
const attempts = 2

export interface Witnesses {
  readonly witnesses: readonly WitnessAddress[]
  /** How many must have cosigned. */
  readonly quorum: number
}

/**
 * One witness a line, `<verifier key> <URL>`, and perhaps `quorum N`; else all must cosign. Lines that begin with `#` say
 * nothing. Throws {@link Malformed}.
 */
export function parseWitnesses(text: string): Witnesses {
  const lines = text.split("\n").map((line) => line.trim())
  const told = lines.filter((line) => line !== "" && !line.startsWith("#"))
  const witnesses = told.filter((line) => !line.startsWith("quorum ")).map(addressOf)
  const quorum = told.find((line) => line.startsWith("quorum "))
  const needed = quorum === undefined ? witnesses.length : parseCount(quorum.slice(7))
  if (needed < 1 || needed > witnesses.length)
    throw new Malformed("the quorum is not a number of the witnesses")
  return { witnesses, quorum: needed }
}

function addressOf(line: string): WitnessAddress {
  const [key = "", url = ""] = line.split(/\s+/)
  if (!URL.canParse(url)) throw new Malformed("a witness has no address")
  const verifier = cosignatureVerifier(parseVerifierKey(key), verifyEd25519)
  return { url: url.replace(/\/$/, ""), key, verifier }
}

/** For whoever checks the logs: the keys, one a line, and how many must have cosigned. Not where the witnesses are. */
export function witnessPolicyText({ witnesses, quorum }: Witnesses): string {
  return `${witnesses.map(({ key }) => `${key}\n`).join("")}quorum ${quorum}\n`
}

export class WitnessClient {
  readonly #witnesses: readonly WitnessAddress[]
  readonly quorum: number
  readonly #disk: Disk
  /** The size that a witness has last cosigned, by witness and log. */
  readonly #sizes = new Map<string, number>()

  constructor({ witnesses, quorum }: Witnesses, disk: Disk) {
    this.#witnesses = witnesses
    this.quorum = quorum
    this.#disk = disk
  }

  /**
   * Returns how many witnesses have cosigned; the file is replaced when they are enough. Throws {@link LedgerStop} when a
   * witness has seen a longer log than ours: an older state was restored, or a copy of this installation runs.
   */
  async ask(log: SignedLog): Promise<number> {
    const answers = await Promise.allSettled(this.#witnesses.map((witness) => this.#askOne(witness, log)))
    const stop = answers.find((answer) => answer.status === "rejected" && answer.reason instanceof LedgerStop)
    if (stop?.status === "rejected") throw stop.reason
    const lines = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []))
    if (lines.length > 0 && lines.length >= this.quorum) {
      const bytes = new TextEncoder().encode(log.note + lines.join(""))
      await this.#disk.replace({ path: `${log.folder}/${cosignedFile}`, bytes })
    }
    return lines.length
  }

  async #askOne({ url, verifier }: WitnessAddress, log: SignedLog): Promise<string> {
    const { size } = parseCheckpoint(parseNote(log.note).text)
    const name = `${verifier.name} ${log.origin}`
    for (let attempt = 0; attempt < attempts; attempt++) {
      const reply = await post(url, await this.#request(log, this.#sizes.get(name) ?? 0, size))
      if (reply.status === 200) {
        const line = await ownLine(log.note, reply.text, verifier)
        this.#sizes.set(name, size)
        return line
      }
      // Our tree does not begin with what it has cosigned.
      if (reply.status === 422) throw new LedgerStop("witness_differs", log.origin)
      if (reply.status !== 409) break
      const seen = parseCount(reply.text.trimEnd())
      // The same size under another root, or a longer log than ours.
      if (seen > size || seen === this.#sizes.get(name)) throw new LedgerStop("witness_differs", log.origin)
      this.#sizes.set(name, seen)
    }
    throw new Error("the witness does not cosign")
  }

  async #request(log: SignedLog, oldSize: number, size: number): Promise<string> {
    const ranges = oldSize === 0 ? [] : proofRanges({ start: 0, end: size }, { start: 0, end: oldSize })
    const tiles = await tilesOf(log.files, ranges.flatMap(nodesOf), size)
    const proof = oldSize === 0 ? [] : proveConsistency(oldSize, size, tileHashes(size, tiles))
    return formatAddCheckpoint({ oldSize, proof: proof.map(toBase64), note: log.note })
  }
}

async function post(url: string, body: string): Promise<{ status: number; text: string }> {
  const reply = await fetch(`${url}/add-checkpoint`, {
    method: "POST",
    body,
    signal: AbortSignal.timeout(patience),
  })
  return { status: reply.status, text: await reply.text() }
}

/** The witness's own line, once it verifies; whatever else it sent is dropped. */
async function ownLine(note: string, lines: string, verifier: Verifier): Promise<string> {
  const { verified } = await openNote(note + lines, [verifier])
  const [signature] = verified
  if (signature === undefined) throw new Unverified("the witness's signature is wrong")
  return signatureLine(signature)
}
