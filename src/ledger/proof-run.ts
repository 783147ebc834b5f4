/** Proofs of one leaf after the other under one checkpoint: what neighbours share is read and hashed once. RFC 6962 §2.1.1. */

import { parseCheckpoint } from "./checkpoint.ts"
import type { LogFiles } from "./log-walk.ts"
import { type Node, nodesOf, proofRanges, proveInclusion } from "./merkle.ts"
import { parseNote } from "./note.ts"
import type { Proof } from "./proof.ts"
import { tilesOf } from "./receipt.ts"
import { tileHashes, tileWidth } from "./tile.ts"

export class ProofRun {
  readonly #files: LogFiles
  readonly #read = new Map<string, Promise<Uint8Array | undefined>>()
  readonly #note: string
  readonly #size: number
  readonly #hashes = new Map<string, Uint8Array>()
  #tile = 0

  constructor(files: LogFiles, note: string) {
    this.#files = { read: (path) => this.#once(path, files) }
    this.#note = note
    this.#size = parseCheckpoint(parseNote(note).text).size
  }

  /** Throws {@link Malformed} when a tile is missing, and a bug for a leaf that the checkpoint does not vouch for. */
  async prove(index: number): Promise<Proof> {
    if (index >= this.#size) throw new Error("the log has no such leaf")
    const tile = Math.floor(index / tileWidth)
    if (tile !== this.#tile) this.#forget()
    this.#tile = tile
    const ranges = proofRanges({ start: 0, end: this.#size }, { start: index, end: index + 1 })
    await this.#load(ranges.flatMap(nodesOf).filter((node) => !this.#hashes.has(nameOf(node))))
    const hashes = proveInclusion(index, this.#size, (node) => {
      const hash = this.#hashes.get(nameOf(node))
      if (hash === undefined) throw new Error("a node of the proof was not loaded")
      return hash
    })
    return { index, hashes, checkpoint: this.#note }
  }

  #forget(): void {
    this.#hashes.clear()
    this.#read.clear()
  }

  #once(path: string, files: LogFiles): Promise<Uint8Array | undefined> {
    const bytes = this.#read.get(path) ?? files.read(path)
    this.#read.set(path, bytes)
    return bytes
  }

  async #load(nodes: readonly Node[]): Promise<void> {
    if (nodes.length === 0) return
    const look = tileHashes(this.#size, await tilesOf(this.#files, nodes, this.#size))
    for (const node of nodes) this.#hashes.set(nameOf(node), look(node))
  }
}

function nameOf({ level, index }: Node): string {
  return `${level}/${index}`
}
