/** Clause 9.5: a witness cosigns only consistent growth, and one that has seen more than we have stops us. */

import { randomBytes } from "node:crypto"
import { once } from "node:events"
import type { Server } from "node:http"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { cosignatureTime } from "../../src/ledger/cosignature.ts"
import { LedgerStop } from "../../src/ledger/ledger-stop.ts"
import { signedLog } from "../../src/ledger/mirror-follower.ts"
import {
  cosignatureType,
  formatVerifierKey,
  openNote,
  parseNote,
  verifierKey,
} from "../../src/ledger/note.ts"
import { keyOfSeed } from "../../src/ledger/signing-key.ts"
import { cosignedFile } from "../../src/ledger/verify.ts"
import { formatAddCheckpoint } from "../../src/ledger/witness.ts"
import { parseWitnesses, WitnessClient, witnessPolicyText } from "../../src/ledger/witness-client.ts"
import { Witness } from "../../src/ledger/witness-server.ts"
import { folder, ownLog, publish } from "../ledger-faults/attacked-log.ts"
import { type Files, memoryDisk } from "../ledger-faults/memory-disk.ts"

const key = keyOfSeed(randomBytes(32))
const entries = Array.from({ length: 700 }, () => new Uint8Array(randomBytes(32)))
const seen: Files = new Map()
let server: Server
let line = ""

const witness = new Witness({
  name: "witness.test",
  key,
  logs: [{ origin: ownLog.origin, verifiers: [ownLog.verifier] }],
  disk: memoryDisk(seen),
  clock: () => 1_764_000_000_000,
})

beforeAll(async () => {
  server = witness.server().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  line = `${formatVerifierKey(verifierKey("witness.test", cosignatureType, key.publicKey))} http://127.0.0.1:${port}`
})
afterAll(() => void server.close())

async function signed(files: Files, upTo: number, from = entries) {
  const held = files.get(`${folder}/checkpoint`)
  const size = held === undefined ? 0 : Number(new TextDecoder().decode(held).split("\n")[1])
  const writer = await publish(from.slice(size, upTo), files)
  return signedLog(memoryDisk(files), "70", writer)
}

test("whoever checks is told the witnesses' keys and how many must have cosigned, and not where they are", () => {
  const text = witnessPolicyText(parseWitnesses(`# ours\n${line}\nquorum 1\n`))
  expect(text).toBe(`${line.split(" ")[0] ?? ""}\nquorum 1\n`)
  expect(text).not.toContain("127.0.0.1")
})

describe("a witness", () => {
  const files: Files = new Map()

  test("cosigns a log that grows, from whatever size it has seen", async () => {
    for (const size of [1, 255, 256, 257, 600]) {
      // A client of its own each time: it knows nothing of what the witness has.
      const client = new WitnessClient(parseWitnesses(line), memoryDisk(files))
      expect(await client.ask(await signed(files, size))).toBe(1)
      const note = new TextDecoder().decode(files.get(`${folder}/${cosignedFile}`))
      const { verified } = await openNote(
        note,
        parseWitnesses(line).witnesses.map(({ verifier }) => verifier),
      )
      expect(verified.map(cosignatureTime)).toEqual([1_764_000_000])
    }
  })

  test("answers as the protocol says", async () => {
    const { note } = await signed(files, 600)
    const add = (oldSize: number, text = note, proof: string[] = []) =>
      witness.add(formatAddCheckpoint({ oldSize, proof, note: text }))
    expect(await add(600)).toMatchObject({ status: 200 })
    expect(await add(0)).toEqual({ status: 409, text: "600\n", type: "text/x.tlog.size" })
    expect(await add(601)).toMatchObject({ status: 400 })
    expect(await add(600, (await signed(new Map(files), 700)).note)).toMatchObject({ status: 422 })
    expect(await add(600, note.replace(ownLog.origin, "hudun/other/1"))).toMatchObject({ status: 404 })
    const [text = ""] = note.split("\n\n")
    const stranger = note.replace(/— \S+ \S+/, `— ${ownLog.origin} ${Buffer.alloc(68).toString("base64")}`)
    expect(await add(600, stranger)).toMatchObject({ status: 403 })
    for (const body of ["", text, `old -1\n\n${note}`, `old 01\n\n${note}`, `old 600\nAAAA\n\n${note}`])
      expect(await witness.add(body)).toMatchObject({ status: 400 })
    expect(parseNote(new TextDecoder().decode(seen.get(`${folder}/checkpoint`))).text).toBe(
      parseNote(note).text,
    )
  })

  test("does not cosign a fork, and the publisher stops", async () => {
    const forked = [...entries]
    forked[300] = new Uint8Array(randomBytes(32))
    const client = new WitnessClient(parseWitnesses(line), memoryDisk(new Map()))
    await expect(client.ask(await signed(new Map(), 650, forked))).rejects.toThrow(LedgerStop)
    await expect(client.ask(await signed(new Map(), 600, forked))).rejects.toThrow(LedgerStop)
  })

  test("tells a log that was rolled back, and the publisher stops", async () => {
    const client = new WitnessClient(parseWitnesses(line), memoryDisk(new Map()))
    await expect(client.ask(await signed(new Map(), 400))).rejects.toThrow(LedgerStop)
  })

  test("that does not answer leaves the quorum to the others", async () => {
    const dead = `${formatVerifierKey(verifierKey("dead.test", cosignatureType, keyOfSeed(randomBytes(32)).publicKey))} http://127.0.0.1:9`
    const own: Files = new Map(files)
    const log = await signed(own, 660)
    const both = new WitnessClient(parseWitnesses(`${line}\n${dead}\n`), memoryDisk(own))
    const before = own.get(`${folder}/${cosignedFile}`)
    expect(await both.ask(log)).toBe(1)
    expect(own.get(`${folder}/${cosignedFile}`)).toEqual(before)
    const one = new WitnessClient(parseWitnesses(`# two\nquorum 1\n${line}\n${dead}\n`), memoryDisk(own))
    expect(await one.ask(log)).toBe(1)
    expect(own.get(`${folder}/${cosignedFile}`)).not.toEqual(before)
  })
})
