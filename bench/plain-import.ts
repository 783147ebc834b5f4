/** The plain way to take a roster in: the same reader on its own thread, then COPY of the cells as they are. */

import { readFile } from "node:fs/promises"
import fastify from "fastify"
import pg from "pg"
import { z } from "zod"
import { readRows } from "../src/lifecycle/collect/read-off-thread.ts"
import { usualLimits } from "../src/lifecycle/collect/sheet-shape.ts"
import { portOf, ready, settingsOf } from "./child.ts"
import { copyIn } from "./copy-in.ts"
import { plainDatabase, socketShape } from "./postgres.ts"
import { plainRosterIndexes, plainRosterTable } from "./roster-file.ts"

const { socket, file } = settingsOf(z.object({ socket: socketShape, file: z.string() }))
const client = new pg.Client({ ...socket, user: "postgres", database: plainDatabase })
await client.connect()
const app = fastify()

app.post("/import", async () => {
  await client.query("drop table if exists roster")
  await client.query(plainRosterTable)
  for (const index of plainRosterIndexes) await client.query(index)
  await using source = await readRows(new Uint8Array(await readFile(file)), file, { limits: usualLimits })
  let taken = 0
  for await (const rows of source.rows(0)) {
    await copyIn(
      client,
      "roster",
      rows.map(({ cells }) => cells),
    )
    taken += rows.length
  }
  return { taken }
})

await app.listen({ port: 0, host: "127.0.0.1" })
ready(portOf(app.server.address()), async () => {
  await app.close()
  await client.end()
})
