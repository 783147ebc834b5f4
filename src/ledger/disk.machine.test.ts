import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { type LogDisk, openDisk } from "./disk.ts"

let folder = ""
let opened: LogDisk[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hudun-disk-"))
})
afterEach(async () => {
  // One that died in a test still has its journal open: the process has not died.
  for (const disk of opened) await disk.close()
  opened = []
  await rm(folder, { recursive: true })
})

function newDisk(): LogDisk {
  const disk = openDisk(folder)
  opened.push(disk)
  return disk
}

const bytesOf = (text: string) => new TextEncoder().encode(text)
const tile = (width: number) => ({ path: `log/tile/0/000.p/${width}`, bytes: bytesOf(`${width} hashes`) })
const head = (size: number) => ({ path: "log/checkpoint", bytes: bytesOf(`size ${size}`) })

/** What a power failure may do to files that were never flushed: they are empty, or not there. */
async function cutPower(): Promise<void> {
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name)
    if (name === "journal" || !(await stat(path)).isFile()) continue
    if (name.endsWith("checkpoint")) await rm(path)
    else await writeFile(path, "")
  }
}

async function textAt(path: string): Promise<string | undefined> {
  return newDisk()
    .read(path)
    .then((bytes) => bytes && new TextDecoder().decode(bytes))
}

describe("the files of the logs", () => {
  test("what was committed is there, and there again after a power failure", async () => {
    const disk = newDisk()
    await disk.recover()
    for (const size of [3, 5, 9]) {
      await disk.commit({ fresh: [tile(size)], heads: [head(size)] })
      expect(await textAt("log/checkpoint")).toBe(`size ${size}`)
    }
    await cutPower()
    expect(await textAt("log/checkpoint")).toBe(undefined)
    await newDisk().recover()
    expect(await textAt("log/checkpoint")).toBe("size 9")
    for (const size of [3, 5, 9]) expect(await textAt(tile(size).path)).toBe(`${size} hashes`)
  })

  test("what was settled needs no journal", async () => {
    const disk = newDisk()
    await disk.recover()
    await disk.commit({ fresh: [tile(3)], heads: [head(3)] })
    expect((await readFile(join(folder, "journal"))).length).toBeGreaterThan(0)
    await disk.settle()
    expect((await readFile(join(folder, "journal"))).length).toBe(0)
    await disk.commit({ fresh: [tile(5)], heads: [head(5)] })
    await newDisk().recover()
    expect(await textAt("log/checkpoint")).toBe("size 5")
    expect((await readFile(join(folder, "journal"))).length).toBe(0)
  })

  test("a log whose folder was taken away is not begun again from its newest files", async () => {
    const disk = newDisk()
    await disk.recover()
    await disk.commit({ fresh: [tile(3)], heads: [head(3)] })
    const other = { path: "other/checkpoint", bytes: bytesOf("size 1") }
    await disk.commit({ fresh: [], heads: [other] })
    await rm(join(folder, "log"), { recursive: true })
    await newDisk().recover()
    expect(await textAt("log/checkpoint")).toBe(undefined)
    expect(await textAt(other.path)).toBe("size 1")
    expect((await readFile(join(folder, "journal"))).length).toBe(0)
  })

  test("a commit that could not be written out is finished by recovering, in the same process too", async () => {
    const disk = newDisk()
    await disk.recover()
    await disk.commit({ fresh: [tile(3)], heads: [head(3)] })
    // Something stands where the checkpoint is prepared.
    await mkdir(join(folder, "log/checkpoint.new"))
    await expect(disk.commit({ fresh: [tile(5)], heads: [head(5)] })).rejects.toThrow("EISDIR")
    expect(await textAt("log/checkpoint")).toBe("size 3")
    await expect(disk.recover()).rejects.toThrow("EISDIR")
    await rm(join(folder, "log/checkpoint.new"), { recursive: true })
    await disk.recover()
    expect(await textAt("log/checkpoint")).toBe("size 5")
  })

  test("parts of a tile that is full are gone, and are no hindrance to what follows", async () => {
    const disk = newDisk()
    await disk.recover()
    await disk.commit({ fresh: [tile(3)], heads: [head(3)] })
    await disk.commit({ fresh: [{ path: "log/tile/0/000", bytes: bytesOf("full") }], heads: [head(256)] })
    await disk.removeFolder("log/tile/0/000.p")
    expect(await textAt(tile(3).path)).toBe(undefined)
    await disk.settle()
    await disk.commit({ fresh: [tile(7)], heads: [head(263)] })
    await disk.removeFolder("log/tile/0/000.p")
    await disk.recover()
    expect(await textAt("log/checkpoint")).toBe("size 263")
    expect(await textAt("log/tile/0/000")).toBe("full")
  })
})
