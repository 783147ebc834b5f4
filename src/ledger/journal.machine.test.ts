import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import fc from "fast-check"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { Journal, type NamedBytes } from "./journal.ts"

let folder = ""
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hudun-journal-"))
})
afterEach(() => rm(folder, { recursive: true }))

const file = fc.record({
  path: fc.string({ minLength: 1, unit: "grapheme" }),
  bytes: fc.uint8Array({ maxLength: 600 }),
})
const lines = fc.array(fc.array(file, { maxLength: 4 }), { minLength: 1, maxLength: 5 })

async function written(appended: readonly (readonly NamedBytes[])[]): Promise<Buffer> {
  const journal = new Journal(folder)
  await journal.restart()
  for (const files of appended) await journal.append(files)
  await journal.close()
  return readFile(join(folder, "journal"))
}

/** What is read of these bytes, as lines of text. */
async function readOf(bytes: Uint8Array): Promise<string[]> {
  await writeFile(join(folder, "journal"), bytes)
  return textOf(await new Journal(folder).read())
}

function textOf(files: readonly NamedBytes[]): string[] {
  return files.map(({ path, bytes }) => `${path} ${Buffer.from(bytes).toString("hex")}`)
}

describe("the journal", () => {
  test("says what was appended, oldest first, and nothing after it began anew", async () => {
    await fc.assert(
      fc.asyncProperty(lines, async (appended) => {
        expect(await readOf(await written(appended))).toEqual(textOf(appended.flat()))
        await new Journal(folder).restart()
        expect(await new Journal(folder).read()).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test("is empty where there is none", async () => {
    expect(await new Journal(folder).read()).toEqual([])
  })

  test("wherever it is torn, whole lines are read and nothing else", async () => {
    const appended = [1, 2, 3].map((each) => [
      { path: `log/tile/${each}`, bytes: new Uint8Array(40).fill(each) },
    ])
    const bytes = await written(appended)
    const each = bytes.length / 3
    for (let length = 0; length <= bytes.length; length++)
      expect(await readOf(bytes.subarray(0, length))).toEqual(
        textOf(appended.slice(0, Math.floor(length / each)).flat()),
      )
  })

  test("a flipped bit ends what is read before its line", async () => {
    const appended = [1, 2, 3].map((each) => [
      { path: `log/tile/${each}`, bytes: new Uint8Array(40).fill(each) },
    ])
    const bytes = await written(appended)
    const each = bytes.length / 3
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
      expect(await readOf(flipped)).toEqual(textOf(appended.slice(0, Math.floor(at / each)).flat()))
    }
  })
})
