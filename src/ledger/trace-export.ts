/**
 * An export: a part of a log without gaps, each trace with the proof that the log holds it, checked without server and network.
 * Clauses 3.12, 7.2.
 *
 * ```
 * {"log":"hudun/…/10","first":120,"count":2,"checkpoint":"<signed note>"}
 * {"content":"{…}","index":120,"proof":"c2sp.org/tlog-proof@v1\nindex 120\n…","salt":"…"}
 * {"index":121,"missing":true}
 * ```
 *
 * The first line says what follows; the proof of each trace is a C2SP tlog-proof to the same checkpoint. A trace that is gone
 * from the database is said to be missing.
 */

import { z } from "zod"
import { canonicalText } from "../base/canonical.ts"
import { fromBase64, toBase64 } from "./base64.ts"
import { type OpenCheckpoint, openCheckpoint } from "./checkpoint.ts"
import { contentOf, entryOf } from "./entry.ts"
import { Malformed } from "./malformed.ts"
import { isIncluded, leafHash } from "./merkle.ts"
import { openNote, Unverified } from "./note.ts"
import { formatProof, type Policy, type Proof, parseProof } from "./proof.ts"
import type { Trace } from "./trace.ts"

const place = z.number().int().nonnegative()
const headShape = z.object({ log: z.string(), first: place, count: place, checkpoint: z.string() })
const missingShape = z.object({ index: place, missing: z.literal(true) })
const lineShape = z.object({ content: z.string(), index: place, proof: z.string(), salt: z.string() })

export type ExportHead = z.output<typeof headShape>

export function headLine({ log, first, count, checkpoint }: ExportHead): string {
  return `${canonicalText({ log, first, count, checkpoint })}\n`
}

/** `proof` without the trace: the line holds it. */
export function traceExportLine(trace: Trace, proof: Proof): string {
  const content = contentOf(trace)
  const line = { content, index: proof.index, proof: formatProof(proof), salt: toBase64(trace.salt) }
  return `${canonicalText(line)}\n`
}

export function missingLine(index: number): string {
  return `${canonicalText({ index, missing: true })}\n`
}

/** What a checked export shows. */
export interface CheckedExport {
  readonly head: ExportHead
  readonly checkpoint: OpenCheckpoint
}

/** Which leaf is wrong, and what of it. */
export class BadExport extends Error {
  readonly leaf: number

  constructor(what: string, leaf: number) {
    super(`${what} at leaf ${leaf}`)
    this.name = "BadExport"
    this.leaf = leaf
  }
}

/**
 * Checks an export line by line. Throws {@link BadExport}, and {@link Malformed} or {@link Unverified} when the checkpoint is not
 * what `policy` believes. `shown` gets the content of each trace that holds.
 */
export async function checkExport(
  lines: AsyncIterable<string>,
  policy: Policy,
  shown: (content: string, done: number, count: number) => void = () => undefined,
): Promise<CheckedExport> {
  let head: CheckedExport | undefined
  let next = 0
  for await (const line of lines) {
    if (line === "") continue
    if (head === undefined) {
      head = await checkedHead(line, policy)
      next = head.head.first
      continue
    }
    const content = checkedLine(line, head, next)
    next += 1
    shown(content, next - head.head.first, head.head.count)
  }
  if (head === undefined) throw new Malformed("not an export")
  const { first, count } = head.head
  if (next !== first + count)
    throw new BadExport(next < first + count ? "the rest is missing" : "there is too much", next)
  return head
}

/** The log that the first line names; empty when it names none. Nothing vouches for it yet. */
export function exportedLog(line: string): string {
  return parsed(headShape, line)?.log ?? ""
}

async function checkedHead(line: string, policy: Policy): Promise<CheckedExport> {
  const head = parsed(headShape, line)
  if (head === undefined) throw new Malformed("not an export")
  const checkpoint = await openCheckpoint(head.checkpoint, policy)
  if (head.log !== checkpoint.origin) throw new Unverified("checkpoint is of another log")
  const { verified } =
    policy.quorum === 0 ? { verified: [] } : await openNote(head.checkpoint, policy.witnesses)
  if (verified.length < policy.quorum) throw new Unverified("too few witnesses have seen the tree")
  return { head, checkpoint }
}

/** The content of the trace, once its leaf is proven. */
function checkedLine(line: string, { head, checkpoint }: CheckedExport, index: number): string {
  if (parsed(missingShape, line)?.index === index)
    throw new BadExport("the trace was missing in the database", index)
  const read = parsed(lineShape, line)
  if (read === undefined) throw new BadExport("the line is damaged", index)
  if (read.index !== index) throw new BadExport("a line is missing or out of order", index)
  const proof = proofOf(read.proof, index)
  if (proof.checkpoint !== head.checkpoint)
    throw new BadExport("the proof leads to another checkpoint", index)
  const { size, root } = checkpoint
  const leaf = leafOf(read.content, read.salt, index)
  if (proof.index !== index || !isIncluded({ index, size, root, leaf, proof: proof.hashes }))
    throw new BadExport("the log holds another trace", index)
  return read.content
}

function proofOf(proof: string, index: number): Proof {
  try {
    return parseProof(proof)
  } catch (error) {
    if (error instanceof Malformed) throw new BadExport("the proof is damaged", index)
    throw error
  }
}

function leafOf(content: string, salt: string, index: number): Uint8Array {
  try {
    const bytes = fromBase64(salt)
    if (bytes.length !== 16) throw new Malformed("the salt is not 16 bytes")
    return leafHash(entryOf(content, bytes))
  } catch (error) {
    if (error instanceof Malformed) throw new BadExport("the salt is damaged", index)
    throw error
  }
}

function parsed<Shape extends z.ZodType>(shape: Shape, line: string): z.output<Shape> | undefined {
  try {
    return shape.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
