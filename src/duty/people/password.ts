/**
 * Password hashes: argon2id, RFC 9106, in the PHC string format, so that each hash says what it cost and costs can rise.
 * Strength as OWASP recommends for argon2id: 19 MiB, two passes, one lane.
 */

import { argon2, timingSafeEqual } from "node:crypto"
import { Lane } from "./lane.ts"

interface Cost {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const hashBytes = 32
/** The thread pool has four threads, which files, name look-ups and ciphers need too. */
const hashing = new Lane({ running: 2, waiting: 64 })
const phc =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/

/** The hash of a password as a PHC string. `salt`: 16 random bytes. Throws `server.busy`. */
export async function hashPassword(password: string, salt: Uint8Array): Promise<string> {
  const hash = await derive(password, { salt, cost, bytes: hashBytes })
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`
}

/** Whether the hash was made from this password. Takes as long as the hash cost, right or wrong. Throws `server.busy`. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const made = parse(hash)
  const derived = await derive(password, { salt: made.salt, cost: made.cost, bytes: made.hash.length })
  return timingSafeEqual(derived, made.hash)
}

/** Whether the hash is cheaper to guess than those made today: it is then made again at the next sign-in. */
export function isWeaker(hash: string): boolean {
  const made = parse(hash)
  return made.cost.memory < cost.memory || made.cost.passes < cost.passes || made.hash.length < hashBytes
}

interface Derivation {
  readonly salt: Uint8Array
  readonly cost: Cost
  readonly bytes: number
}

/** Runs on the thread pool: the event loop goes on. One keyboard's é is another's: NFC, RFC 8265 §4.2.2. */
function derive(
  password: string,
  { salt, cost: { memory, passes, parallelism }, bytes }: Derivation,
): Promise<Buffer> {
  const parameters = {
    message: password.normalize("NFC"),
    nonce: salt,
    memory,
    passes,
    parallelism,
    tagLength: bytes,
  }
  return hashing.run(
    () =>
      new Promise((resolve, reject) => {
        argon2("argon2id", parameters, (error, hash) => (error ? reject(error) : resolve(hash)))
      }),
  )
}

function parse(hash: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [, memory, passes, parallelism, salt = "", derived = ""] = phc.exec(hash) ?? []
  if (memory === undefined) throw new Error("not an argon2id hash")
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, "base64"),
    hash: Buffer.from(derived, "base64"),
  }
}

function unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "")
}
