/** What the load needs to know of the filled databases; kept beside them, so that they can be used again. */

import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { z } from "zod"

const session = z.object({ cookie: z.string(), communityId: z.string() })

/** A page of the list with fifty persons on it, as somebody within whose reach it lies asks for it. */
const page = z.object({
  session: z.number().int(),
  after: z.string(),
  /** A clerk opens one of his buildings; a manager pages through the community. */
  building: z.string().nullable(),
})

/** A person as somebody looks for them. */
const sought = z.object({
  session: z.number().int(),
  personId: z.string(),
  name: z.string(),
  phone: z.string(),
})
export type Sought = z.infer<typeof sought>

/** An open order, as the clerk who took it looks at the caller's phone. */
const order = z.object({
  session: z.number().int(),
  useId: z.string(),
  personId: z.string(),
  phone: z.string(),
})

export const worldShape = z.object({
  persons: z.number().int(),
  communities: z.number().int(),
  sessions: z.array(session),
  pages: z.array(page),
  sought: z.array(sought),
  orders: z.array(order),
})
export type World = z.infer<typeof worldShape>

export async function readWorld(data: string): Promise<World | undefined> {
  const text = await readFile(join(data, "world.json"), "utf8").catch(() => undefined)
  return text === undefined ? undefined : worldShape.parse(JSON.parse(text))
}

export async function writeWorld(data: string, world: World): Promise<void> {
  await writeFile(join(data, "world.json"), JSON.stringify(world), { mode: 0o600 })
}
