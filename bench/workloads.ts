/** P1–P4: what is asked of both servers, and what a right answer looks like. */

import { z } from "zod"
import type { Request } from "./load.ts"
import { pick } from "./population.ts"
import type { Sought, World } from "./world.ts"

/** The same question to both sides. */
export interface Pair {
  readonly product: Request
  readonly plain: Request
}

export interface Workload {
  readonly id: string
  readonly name: string
  readonly connections: number
  /** Ratios of requests a second: what the first version owes, and what is aimed at next. */
  readonly owed: number | null
  readonly goal: number | null
  /** The act that the product's traces of it carry. */
  readonly act: string
  question(world: World, random: () => number): Pair
  /** Throws unless the two answers say the same of the same persons, one masked or granted, one in clear. */
  compare(product: unknown, plain: unknown, pair: Pair): void
}

const card = z.object({ personId: z.string(), residenceId: z.string(), name: z.string(), phone: z.string() })
const cards = z.object({ owners: z.array(card) })
const shown = z.object({ values: z.array(z.string()) })

const list = {
  name: "masked list of 50",
  act: "roster.list",
  question(world: World, random: () => number): Pair {
    const { session, after, building } = pick(random, world.pages)
    const query = `after=${after}&limit=50${building === null ? "" : `&building=${building}`}`
    return bySession(world, session, { method: "GET", tail: `/owners?${query}` })
  },
  compare(product: unknown, plain: unknown) {
    const [masked, clear] = [cards.parse(product).owners, cards.parse(plain).owners]
    const ids = (of: typeof masked) => of.map((one) => one.residenceId).join()
    if (masked.length !== 50 || ids(masked) !== ids(clear)) throw new Error("the two lists differ")
    refuseUnmasked(masked, clear)
  },
}

function find(kind: string, textOf: (sought: Sought) => string) {
  return {
    name: `find by ${kind.replace("_", " ")}`,
    act: `roster.find_${kind}`,
    question(world: World, random: () => number): Pair {
      const sought = pick(random, world.sought)
      return bySession(world, sought.session, {
        method: "POST",
        tail: "/owners/search",
        body: { text: textOf(sought) },
      })
    },
    compare(product: unknown, plain: unknown) {
      const [masked, clear] = [cards.parse(product).owners, cards.parse(plain).owners]
      // A clerk finds only within his buildings; nobody finds whom the plain side does not know.
      const known = new Set(clear.map((one) => one.residenceId))
      if (masked.length === 0 || masked.some((one) => !known.has(one.residenceId)))
        throw new Error("the two searches differ")
      refuseUnmasked(masked, clear)
    },
  }
}

const reveal = {
  name: "reveal one field",
  act: "use.look",
  question(world: World, random: () => number): Pair {
    const { session, useId, personId } = pick(random, world.orders)
    const asked = { method: "POST", body: { field: "phone" } } as const
    return {
      product: bySession(world, session, { ...asked, tail: `/uses/${useId}/look` }).product,
      plain: bySession(world, session, { ...asked, tail: `/persons/${personId}/look` }).plain,
    }
  },
  compare(product: unknown, plain: unknown) {
    const [phone] = shown.parse(product).values
    if (!/^139\d{8}$/.test(phone ?? "") || phone !== shown.parse(plain).values[0])
      throw new Error("the two looks differ")
  },
}

export const workloads: readonly Workload[] = [
  { id: "P1", connections: 32, owed: 1, goal: 1.5, ...list },
  { id: "P2", connections: 4, owed: 0.6, goal: 0.9, ...list },
  { id: "P3", connections: 32, owed: 0.8, goal: 1.2, ...reveal },
  { id: "P4", connections: 32, owed: 0.6, goal: 0.95, ...find("phone", (sought) => sought.phone) },
  {
    id: "P4",
    connections: 32,
    owed: 0.6,
    goal: 0.95,
    ...find("phone_last4", ({ phone }) => phone.slice(-4)),
  },
  { id: "P4", connections: 32, owed: 0.6, goal: 0.95, ...find("name", (sought) => sought.name) },
]

/** The look that `bare.ts` answers, asked as the plain server is asked. */
export const bareLook: Workload = {
  ...reveal,
  id: "P3.bare",
  name: "reveal one field, bare",
  connections: 32,
  owed: null,
  goal: null,
  question(world, random) {
    const { plain } = reveal.question(world, random)
    return { product: plain, plain }
  },
}

interface Asked {
  readonly method: "GET" | "POST"
  /** The path behind the community. */
  readonly tail: string
  readonly body?: object
}

function bySession(world: World, session: number, { tail, ...asked }: Asked): Pair {
  const { cookie, communityId } = world.sessions[session] ?? { cookie: "", communityId: "" }
  const plain = { ...asked, path: `/api/communities/${communityId}${tail}` }
  return { product: { ...plain, cookie }, plain }
}

type Cards = z.output<typeof cards>["owners"]

function refuseUnmasked(masked: Cards, clear: Cards): void {
  const phones = new Map(clear.map((one) => [one.residenceId, one.phone]))
  for (const { residenceId, phone, name } of masked) {
    const whole = phones.get(residenceId) ?? ""
    if (phone !== `${whole.slice(0, 3)}****${whole.slice(-4)}` || !name.includes("*"))
      throw new Error("a mask is not what it should be")
  }
}
