/**
 * Outside one's reach things do not exist: the answer to a foreign id is that to an invented one, byte for byte, with the
 * same status and headers. Clause 3.8.
 */

import { randomUUID } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type Post, posts } from "../../src/duty/people/post.ts"
import type { TestStaff } from "../house.ts"
import { makeWorld, required, type World } from "./world.ts"

let world: World
beforeAll(async () => {
  world = await makeWorld()
})
afterAll(() => world.test.close())

type Kind = "person" | "order" | "use" | "import" | "staff" | "building" | "home" | "community"

interface Asked {
  readonly method: "GET" | "POST" | "PUT"
  readonly path: string
  readonly body?: object
}

/** A request that names one thing by its id. `here` is the community that is asked in. */
interface Line {
  readonly what: Kind
  readonly post: Post
  readonly ask: (here: string, id: string) => Asked
}

const get = (path: string): Asked => ({ method: "GET", path })
const post = (path: string, body: object = {}): Asked => ({ method: "POST", path, body })

const order = (body: object) => ({ orderId: randomUUID(), kind: "repair", text: "漏水", ...body })
const consent = () => ({
  eventId: randomUUID(),
  feature: "greeting",
  kind: "refused",
  textVersion: 1,
  language: "zh-CN",
  channel: "desk",
})
const mapping = {
  sheetIndex: 0,
  fates: [
    { fate: "take", target: "home" },
    { fate: "take", target: "name" },
  ],
}
const someone = { name: "新人", login: `new.${Date.now()}`, post: "clerk", buildingIds: null }

/** Every route that takes an id beside the community's. */
const lines: readonly Line[] = [
  { what: "person", post: "clerk", ask: (here, id) => get(`${here}/persons/${id}`) },
  { what: "person", post: "clerk", ask: (here, id) => get(`${here}/persons/${id}/consents`) },
  { what: "person", post: "clerk", ask: (here, id) => post(`${here}/persons/${id}/minor`) },
  {
    what: "person",
    post: "clerk",
    ask: (here, id) => post(`${here}/persons/${id}/consents`, consent()),
  },
  { what: "use", post: "manager", ask: (here, id) => get(`${here}/consent-runs/${id}`) },
  { what: "use", post: "manager", ask: (here, id) => post(`${here}/consent-runs/${id}/stop`) },
  { what: "person", post: "manager", ask: (here, id) => get(`${here}/traces?person=${id}`) },
  {
    what: "home",
    post: "clerk",
    ask: (here, id) => post(`${here}/orders`, order({ homeId: id, phone: "13900001111" })),
  },
  {
    what: "person",
    post: "clerk",
    ask: (here, id) =>
      post(`${here}/orders`, order({ homeId: required(world.town.persons["1"]).homeId, personId: id })),
  },
  {
    what: "person",
    post: "manager",
    ask: (here, id) => post(`${here}/traces/search`, { query: `person:${id}` }),
  },
  {
    what: "home",
    post: "manager",
    ask: (here, id) => post(`${here}/traces/search`, { query: `home:${id}` }),
  },
  { what: "order", post: "clerk", ask: (here, id) => get(`${here}/orders/${id}`) },
  { what: "order", post: "clerk", ask: (here, id) => post(`${here}/orders/${id}/take`) },
  { what: "order", post: "clerk", ask: (here, id) => post(`${here}/orders/${id}/close`) },
  { what: "order", post: "repairer", ask: (here, id) => post(`${here}/orders/${id}/close`) },
  { what: "order", post: "clerk", ask: (here, id) => get(`${here}/orders/${id}/visit`) },
  { what: "order", post: "clerk", ask: (here, id) => post(`${here}/orders/${id}/visit`) },
  {
    what: "order",
    post: "clerk",
    ask: (here, id) => get(`${here}/orders/${id}/photos/00000000-0000-4000-8000-000000000000`),
  },
  { what: "order", post: "repairer", ask: (here, id) => get(`${here}/orders/${id}`) },
  {
    what: "order",
    post: "clerk",
    ask: (here, id) => post(`${here}/orders/${id}/dispatch`, { staffId: world.town.staff.repairer.staffId }),
  },
  {
    what: "staff",
    post: "clerk",
    ask: (here, id) => post(`${here}/orders/${world.town.orders.open.orderId}/dispatch`, { staffId: id }),
  },
  { what: "use", post: "clerk", ask: (here, id) => get(`${here}/uses/${id}`) },
  { what: "use", post: "manager", ask: (here, id) => get(`${here}/traces?use=${id}`) },
  { what: "use", post: "clerk", ask: (here, id) => post(`${here}/uses/${id}/look`, { field: "phone" }) },
  { what: "use", post: "repairer", ask: (here, id) => post(`${here}/uses/${id}/look`, { field: "phone" }) },
  { what: "use", post: "clerk", ask: (here, id) => post(`${here}/applications/${id}/export`) },
  { what: "use", post: "clerk", ask: (here, id) => post(`${here}/exports/${id}/password`) },
  { what: "use", post: "clerk", ask: (here, id) => post(`${here}/exports/${id}/download`) },
  { what: "use", post: "privacy_officer", ask: (here, id) => post(`${here}/decoys/${id}/retire`) },
  { what: "import", post: "manager", ask: (here, id) => get(`${here}/imports/${id}`) },
  { what: "import", post: "manager", ask: (here, id) => post(`${here}/imports/${id}/check`, mapping) },
  { what: "import", post: "manager", ask: (here, id) => post(`${here}/imports/${id}/commit`) },
  { what: "import", post: "manager", ask: (here, id) => post(`${here}/imports/${id}/cancel`) },
  { what: "import", post: "manager", ask: (here, id) => get(`${here}/imports/${id}/problems`) },
  { what: "import", post: "manager", ask: (here, id) => get(`${here}/imports/${id}/problems.xlsx`) },
  { what: "staff", post: "system_admin", ask: (here, id) => post(`${here}/staff/${id}/password`) },
  {
    what: "staff",
    post: "manager",
    ask: (here, id) =>
      post(`${here}/training`, {
        trainingId: randomUUID(),
        staffId: id,
        course: "保密",
        passedOn: "2026-01-05",
        validUntil: "2099-01-01",
      }),
  },
  { what: "staff", post: "system_admin", ask: (here, id) => post(`${here}/staff/${id}/leave`) },
  {
    what: "staff",
    post: "system_admin",
    ask: (here, id) => ({
      method: "PUT",
      path: `${here}/staff/${id}/post`,
      body: { post: "clerk", buildingIds: null },
    }),
  },
  { what: "building", post: "clerk", ask: (here, id) => get(`${here}/buildings/${id}/homes`) },
  { what: "building", post: "clerk", ask: (here, id) => get(`${here}/owners?building=${id}`) },
  {
    what: "building",
    post: "clerk",
    ask: (here, id) => post(`${here}/owners/search`, { text: "赵一甲", building: id }),
  },
  {
    what: "building",
    post: "system_admin",
    ask: (here, id) => post(`${here}/staff`, { ...someone, staffId: randomUUID(), buildingIds: [id] }),
  },
]

/** Ids of things that are there and out of the viewer's reach. */
function foreign({ what, post: viewer }: Line): readonly string[] {
  const { town, away, next } = world
  const elsewhere = {
    person: required(away.persons["1"]).personId,
    home: required(away.persons["1"]).homeId,
    order: away.orders.open.orderId,
    use: away.orders.open.useId,
    import: away.importId,
    staff: away.staff.clerk.staffId,
    building: "3",
    community: away.community.communityId,
  }
  const otherBuilding: Readonly<Partial<Record<Kind, string>>> = {
    person: required(town.persons["3"]).personId,
    home: required(town.persons["3"]).homeId,
    order: town.orders.foreign.orderId,
    use: town.orders.foreign.useId,
  }
  const closed: Readonly<Partial<Record<Kind, string>>> =
    viewer === "clerk" ? { order: town.orders.closedByOther.orderId } : {}
  const nextDoor: Readonly<Partial<Record<Kind, string>>> = { staff: next.clerk.staffId }
  const isBound = viewer === "clerk" || viewer === "repairer"
  const inside = isBound ? [otherBuilding[what], closed[what]] : []
  // A building's number is no secret of another community: there may be one here too.
  const outside = what === "building" && !isBound ? [] : [elsewhere[what]]
  return [...outside, ...inside, nextDoor[what]].filter((id) => id !== undefined)
}

const invented = (what: Kind): string =>
  what === "building" || what === "community" ? "987654" : randomUUID()

/** Status, headers and body, without what says only when and how often somebody asked, and with the id itself taken out. */
async function answerTo(asked: Asked, as: TestStaff, id: string): Promise<string> {
  const reply = await world.test.app.inject({
    method: asked.method,
    url: asked.path,
    cookies: { hudun_session: as.cookie },
    ...(asked.body ? { payload: asked.body } : {}),
  })
  const passing = ["date", "x-ratelimit-remaining", "x-ratelimit-reset"]
  const headers = Object.entries(reply.headers).filter(([name]) => !passing.includes(name))
  const body = id === "" ? reply.body : reply.body.replaceAll(id, "ID")
  return JSON.stringify([reply.statusCode, headers, body])
}

const here = () => `/api/communities/${world.town.community.communityId}`
const nameOf = ({ what, post: viewer, ask }: Line) => {
  const { method, path } = askSafely(ask)
  return { what, viewer, line: `${method} ${path}` }
}

/** The path of a line, for a test's name: before there is a world. */
function askSafely(ask: Line["ask"]): Asked {
  try {
    return ask("", "ID")
  } catch {
    return { method: "POST", path: "/orders" }
  }
}

describe("a foreign id and an invented one get the same answer", () => {
  it.each(lines.map((line) => ({ ...nameOf(line), asked: line })))(
    "$viewer: $line ($what)",
    async ({ asked }) => {
      const as = world.town.staff[asked.post]
      const absent = invented(asked.what)
      const due = await answerTo(asked.ask(here(), absent), as, absent)
      expect(due).not.toMatch(/^\[50\d/)
      const ids = foreign(asked)
      for (const id of ids) expect(await answerTo(asked.ask(here(), id), as, id)).toBe(due)
      if (asked.what !== "building") expect(ids.length).toBeGreaterThan(0)
    },
  )

  it("and one of one's own gets another", async () => {
    const { clerk, manager } = world.town.staff
    const { orders, persons, importId } = world.town
    const own = [
      [`${here()}/persons/${required(persons["1"]).personId}`, clerk],
      [`${here()}/orders/${orders.open.orderId}`, clerk],
      [`${here()}/orders/${orders.closed.orderId}`, clerk],
      [`${here()}/uses/${orders.open.useId}`, clerk],
      [`${here()}/imports/${importId}`, manager],
    ] as const
    for (const [path, as] of own) expect(await answerTo(get(path), as, "")).toMatch(/^\[200,/)
  })
})

/** Every route under a community, with ids that are there in the community asked for. */
function underCommunity(): readonly Asked[] {
  const { orders, persons, importId, staff } = world.away
  const person = required(persons["1"])
  const ids: Readonly<Partial<Record<Kind, string>>> = {
    person: person.personId,
    home: person.homeId,
    order: orders.open.orderId,
    use: orders.open.useId,
    import: importId,
    staff: staff.clerk.staffId,
    building: "1",
  }
  const lists = [
    "owners",
    "buildings",
    "orders",
    "uses",
    "imports",
    "not-collected",
    "handlers",
    "traces",
    "traces/hours",
    "traces/views",
    "staff",
    "attempts",
    "attempts/live",
    "lessons",
    "proposals",
    "training",
    "channels",
    "forms",
    "form-inbox",
    "form-sheets",
    "form-links",
    "text-scans",
    "text-findings",
    "excess",
    "purge-plans",
  ]
  return [
    ...lines.map(({ what, ask }) => ask("HERE", ids[what] ?? "")),
    ...lists.map((list) => get(`HERE/${list}`)),
    post("HERE/owners/search", { text: "13900002100" }),
    post("HERE/imports"),
    post("HERE/staff", { ...someone, staffId: randomUUID() }),
  ]
}

describe("a community outside one's reach", () => {
  it.each(posts)(
    "does not exist for a %s: of another company, of the same company, invented",
    async (viewer) => {
      const as = world.town.staff[viewer]
      for (const asked of underCommunity()) {
        const at = (id: string) =>
          answerTo({ ...asked, path: asked.path.replace("HERE", `/api/communities/${id}`) }, as, id)
        const due = await at(invented("community"))
        expect(due).toMatch(/^\[404,/)
        for (const id of [world.away.community.communityId, world.next.community.communityId])
          expect([asked.method, asked.path, await at(id)]).toEqual([asked.method, asked.path, due])
      }
    },
  )
})

describe("a post that may not ask", () => {
  it.each(posts)("%s: hears the same for things that are there and things that are not", async (viewer) => {
    const as = world.town.staff[viewer]
    const own: Readonly<Partial<Record<Kind, string>>> = {
      person: required(world.town.persons["1"]).personId,
      order: world.town.orders.open.orderId,
      use: world.town.orders.open.useId,
      import: world.town.importId,
      building: "1",
    }
    for (const { what, ask } of lines) {
      const id = own[what]
      if (id === undefined) continue
      const absent = invented(what)
      const due = await answerTo(ask(here(), absent), as, absent)
      if (!due.startsWith("[403") || due.includes("use.none")) continue
      expect(await answerTo(ask(here(), id), as, id)).toBe(due)
    }
  })
})

describe("an order id chosen by the client", () => {
  const body = (orderId: string) => ({
    orderId,
    kind: "repair",
    homeId: required(world.town.persons["1"]).homeId,
    phone: "13900001111",
    text: "漏水",
  })

  it("that another company uses opens an order of one's own", async () => {
    const as = world.town.staff.clerk
    const { orderId } = world.away.orders.open
    expect(await answerTo(post(`${here()}/orders`, body(orderId)), as, orderId)).toMatch(/^\[200,/)
  })

  it("that lies outside one's reach in the same community is refused like a thing that is not there", async () => {
    const as = world.town.staff.clerk
    for (const { orderId } of [world.town.orders.foreign, world.town.orders.closedByOther])
      expect(await answerTo(post(`${here()}/orders`, body(orderId)), as, orderId)).toMatch(/^\[404,/)
  })
})
