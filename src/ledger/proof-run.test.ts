import { describe, expect, test } from "vitest"
import { formatCheckpoint } from "./checkpoint.ts"
import { edgeRoot, emptyEdge, grow } from "./edge.ts"
import { isIncluded, leafHash } from "./merkle.ts"
import { formatNote } from "./note.ts"
import { ProofRun } from "./proof-run.ts"
import { proofFrom } from "./receipt.ts"

function logOf(size: number) {
  const leaves = Array.from({ length: size }, (_, at) => leafHash(new TextEncoder().encode(String(at))))
  const { edge, tiles } = grow(emptyEdge, Buffer.concat(leaves))
  const held = new Map(tiles.map(({ path, bytes }) => [path, bytes]))
  const text = formatCheckpoint({ origin: "log.test", size, root: edgeRoot(edge), extensions: [] })
  const note = formatNote({ text, signatures: [{ name: "log.test", id: 1, bytes: new Uint8Array(64) }] })
  const files = { read: (path: string) => Promise.resolve(held.get(path)) }
  return { leaves, held, files, note, root: edgeRoot(edge) }
}

describe("a run of proofs", () => {
  test.each([1, 2, 255, 256, 257, 1_000, 66_000])(
    "gives in a log of %i the proof that a single look gives",
    async (size) => {
      const { files, note, leaves, root } = logOf(size)
      const run = new ProofRun(files, note)
      const step = Math.max(1, Math.floor(size / 300))
      for (let index = 0; index < size; index += step) {
        const proof = await run.prove(index)
        if (index % 7 === 0) expect(proof).toEqual(await proofFrom(files, index, note))
        const leaf = leaves[index] ?? new Uint8Array(0)
        expect(isIncluded({ index, size, root, leaf, proof: proof.hashes })).toBe(true)
      }
    },
  )

  test("reads a tile once for its 256 leaves", async () => {
    const { files, note } = logOf(1_000)
    let reads = 0
    const counted = { read: (path: string) => (reads++, files.read(path)) }
    const run = new ProofRun(counted, note)
    for (let index = 0; index < 256; index++) await run.prove(index)
    expect(reads).toBeLessThan(10)
  })

  test("throws where a tile is missing, and for a leaf that is not there", async () => {
    const { files, note, held } = logOf(600)
    held.delete("tile/0/000")
    await expect(new ProofRun(files, note).prove(3)).rejects.toThrow("tile is missing")
    await expect(new ProofRun(files, note).prove(600)).rejects.toThrow("no such leaf")
  })
})
