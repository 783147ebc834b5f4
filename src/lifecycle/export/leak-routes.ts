/** Decoys and the tracing of leaks: the privacy officer's. Clauses 4.7, 8.4. */

import type { FastifyRequest } from "fastify"
import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { act, look } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { readRows } from "../collect/read-off-thread.ts"
import { usualLimits } from "../collect/sheet-shape.ts"
import { addDecoy, readDecoys } from "./decoys.ts"
import { findLeak } from "./find-leak.ts"
import * as contract from "./leak-contract.ts"
import { writeRetired } from "./leak-sql.ts"
import { rowsOfText } from "./sample.ts"

const keeps: readonly Post[] = ["privacy_officer"]

export function leakRoutes(http: Http, house: House): void {
  decoyRoutes(http, house)
  traceRoutes(http, house)
}

function decoyRoutes(http: Http, house: House): void {
  const { spine, door } = house

  http.on(contract.listDecoys, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, keeps)
    return look(spine, actor, async () => ({
      trace: { act: "decoy.list", clause: "4.7" },
      answer: {
        decoys: (await readDecoys(house, actor)).map(({ at, retiredAt, ...decoy }) => ({
          ...decoy,
          at: at.toISOString(),
          retiredAt: retiredAt?.toISOString() ?? null,
        })),
      },
    }))
  })

  http.on(contract.addDecoy, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, keeps)
    await addDecoy(house, actor, body)
    return { done: true } as const
  })

  http.on(contract.retireDecoy, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, keeps)
    const known = (await readDecoys(house, actor)).some(({ decoyId }) => decoyId === params.decoyId)
    if (!known) throw new Refusal("thing.absent")
    await act(spine, actor, async (command) => {
      const at = new Date(command.now).toISOString()
      await writeRetired(command, actor.communityId, { decoyId: params.decoyId, by: actor.staffId, at })
      command.trace({ act: "decoy.retire", clause: "4.7" })
    })
    return { done: true } as const
  })
}

function traceRoutes(http: Http, house: House): void {
  const { door } = house

  http.on(contract.traceLeakText, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, keeps)
    return findLeak(house, actor, rowsOfText(body.text))
  })

  http.on(contract.traceLeakFile, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, keeps)
    return findLeak(house, actor, await uploadedRows(request))
  })
}

async function uploadedRows(request: FastifyRequest): Promise<string[][]> {
  const part = request.isMultipart() ? await request.file() : undefined
  if (part === undefined) throw new Refusal("request.malformed", { field: "file" })
  const bytes = new Uint8Array(await part.toBuffer())
  await using file = await readRows(bytes, part.filename || "sample", { limits: usualLimits })
  const rows: string[][] = []
  for (const index of file.sheets.keys())
    for await (const chunk of file.rows(index)) rows.push(...chunk.map(({ cells }) => [...cells]))
  return rows
}
