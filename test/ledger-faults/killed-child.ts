/** Publishes while traces come in, until it is killed. Tells every trace that is durable and every checkpoint that is signed. */

import pg from "pg"
import { z } from "zod"
import { addTraces } from "../ledger.ts"
import { publishing } from "./publishing.ts"

const settings = z
  .object({ data: z.string(), host: z.string(), port: z.number(), communityId: z.string(), seed: z.number() })
  .parse(JSON.parse(process.argv[2] ?? "null"))
const socket = { host: settings.host, port: settings.port, database: "hudun" }
const { publisher } = publishing({ data: settings.data, database: { ...socket, user: "hudun_publish" } })
const client = new pg.Client({ ...socket, user: "postgres" })
await client.connect()

let told = ""
async function publishAlways(): Promise<void> {
  for (;;) {
    await publisher.round()
    const note = publisher.logs?.writers.get(settings.communityId)?.note ?? ""
    if (note !== "" && note !== told) process.stdout.write(`${JSON.stringify({ note })}\n`)
    told = note
  }
}

async function addAlways(): Promise<void> {
  for (let round = settings.seed; ; round++) {
    const ids = await addTraces(client, settings.communityId, 1 + ((round * 37) % 300))
    process.stdout.write(`${JSON.stringify({ ids })}\n`)
  }
}

await Promise.all([publishAlways(), addAlways()])
