/**
 * What is read together for many desks by hudun_look is, for each of them, what row security shows hudun_app under their own
 * context: every post, in their own community and another's, for every use and every tag of the world. Clauses 3.8, 4.5.
 */

import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { posts } from "../../src/duty/people/post.ts"
import { type FindAsk, foundTogether, type PlacedCard } from "../../src/lifecycle/store/found-together.ts"
import type { GrantAsk } from "../../src/lifecycle/use/grants-together.ts"
import type { Context } from "../../src/platform/context.ts"
import { ask, eyesOf, stateOf } from "./contexts.ts"
import { viewers } from "./visibility.ts"
import { makeWorld, type World } from "./world.ts"

let world: World
let app: pg.Client
let look: pg.Client
let admin: pg.Client

beforeAll(async () => {
  world = await makeWorld()
  const { database } = world.test
  app = new pg.Client(database.as("hudun_app"))
  look = new pg.Client(database.as("hudun_look"))
  await app.connect()
  await look.connect()
  admin = await database.superuser()
})
afterAll(async () => {
  for (const client of [app, look, admin]) await client.end()
  await world.test.close()
})

/** Everybody with a post, as they look: a grant opens every class to a query. */
function everybody(): Context[] {
  return [world.town, world.away].flatMap((town) => {
    const names = [...posts, "clerk_looking", "repairer_looking", "resumer", "nobody"]
    const own = viewers
      .filter((viewer) => names.includes(viewer))
      .flatMap((one) => eyesOf(one, town).context ?? [])
    const neighbour = {
      ...eyesOf("clerk_looking", town).context,
      buildings: "3",
      actor: town.neighbour.staffId,
    }
    const clerk = eyesOf("clerk_looking", town).context
    return clerk === undefined ? own : [...own, { ...clerk, ...neighbour }, { ...clerk, buildings: "1,3" }]
  })
}

const communities = () => [world.town.community.communityId, world.away.community.communityId]

/** What the rules show of everything there is, to be compared with all asks at once. */
const grantsUnderRules = `
  select g.community_id || ' ' || g.use_id || ' ' || f as ask, g.grant_id || ' ' || (e.grant_id is not null or o.closed_at is not null)
    || ' ' || coalesce(r.version::text || encode(r.sealed, 'hex'), '-') as answer
  from app.use_grant g cross join unnest(g.fields) as f
  join app.work_order o on o.community_id = g.community_id and o.use_id = g.use_id
  left join app.grant_ended e on e.community_id = g.community_id and e.grant_id = g.grant_id
  left join app.record r on r.community_id = g.community_id and r.subject_id = g.subject_id and r.class = g.class
  where f = any ($1) and (g.grantee = nullif($2, '')::uuid or g.grantee_post = any (string_to_array($3, ',')))`

const cardsUnderRules = `
  select b.community_id || ' ' || b.kind || ' ' || b.tag as ask, r.building_id, r.card as answer
  from app.blind_index b join app.residence r on r.community_id = b.community_id and r.person_id = b.person_id
  order by r.sort_key`

interface Ruled {
  readonly ask: string
  readonly answer: string
  readonly building_id?: string
}

const fields = ["phone", "place", "repair"]

describe("what is read together", () => {
  it("is, of grants, what row security shows to each who asks", async () => {
    const { rows: uses } = await admin.query<{ community_id: string; use_id: string }>(
      "select community_id, use_id from app.use_applied",
    )
    const asks = uses.flatMap(({ community_id: communityId, use_id: useId }) =>
      fields.map((field) => ({ communityId, useId, field })),
    )
    let shown = 0
    const contexts = everybody()
    const together = await Promise.all(
      contexts.map((context) =>
        Promise.all(asks.map((one) => world.test.house.grantsOf({ ...one, context } satisfies GrantAsk))),
      ),
    )
    for (const [at, context] of contexts.entries()) {
      const values = [fields, context.actor, context.posts]
      const { rows } = await ask<Ruled>(app, context, { text: grantsUnderRules, values })
      const mine = asks.flatMap(({ communityId, useId, field }, index) =>
        (together[at]?.[index] ?? []).map((row) => ({
          ask: `${communityId} ${useId} ${field}`,
          answer: `${row.grant_id} ${row.ended} ${row.version === null ? "-" : `${row.version}${row.sealed?.toString("hex")}`}`,
        })),
      )
      expect(inOrder(mine)).toEqual(inOrder(rows))
      shown += rows.length
    }
    expect(shown).toBeGreaterThan(20)
  })

  it("is, of what is found, what row security shows to each who seeks", async () => {
    const { rows: tags } = await admin.query<{ community_id: string; kind: string; tag: string }>(
      "select distinct community_id, kind, tag from app.blind_index",
    )
    const byTag = world.test.house.spine.database.gathering<FindAsk, PlacedCard>(foundTogether)
    const find = (context: Context, building: string | undefined) =>
      Promise.all(
        tags.map(({ community_id: communityId, kind, tag }) =>
          byTag({ context, communityId, kind, tag: Number(tag), building, limit: 50 }),
        ),
      )
    let found = 0
    const contexts = everybody()
    const together = await Promise.all(
      contexts.map((context) => Promise.all([undefined, "1", "3"].map((one) => find(context, one)))),
    )
    for (const [at, context] of contexts.entries()) {
      const { rows } = await ask<Ruled>(app, context, { text: cardsUnderRules })
      for (const [of, building] of [undefined, "1", "3"].entries()) {
        const ruled = rows.filter((row) => building === undefined || row.building_id === building)
        const mine = tags.flatMap(({ community_id: communityId, kind, tag }, index) =>
          (together[at]?.[of]?.[index] ?? []).map(({ card }) => ({
            ask: `${communityId} ${kind} ${tag}`,
            answer: card,
          })),
        )
        expect(inOrder(mine)).toEqual(inOrder(ruled))
        found += mine.length
      }
    }
    expect(found).toBeGreaterThan(20)
  })
})

function inOrder(rows: readonly Ruled[]): string[] {
  return rows.map((row) => `${row.ask} ${row.answer}`).sort()
}

describe("hudun_look", () => {
  it("sees nothing without a community, and nothing of another one", async () => {
    const bare = (ids: string): Context => ({
      communities: ids,
      buildings: "",
      classes: "",
      posts: "",
      actor: "",
    })
    for (const table of ["use_grant", "work_order", "record", "blind_index", "residence"]) {
      const text = `select count(*)::int as rows, count(*) filter (where community_id <> ${communities()[0]})::int as foreign from app.${table}`
      for (const context of [undefined, bare("")]) {
        const { rows } = await ask<pg.QueryResultRow>(look, context, { text })
        expect(rows[0]?.["rows"]).toBe(0)
      }
      const { rows } = await ask<pg.QueryResultRow>(look, bare(communities()[0] ?? ""), { text })
      expect(rows[0]?.["rows"]).toBeGreaterThan(0)
      expect(rows[0]?.["foreign"]).toBe(0)
    }
  })

  it("may read a few columns of seven tables, and nothing else", async () => {
    const { rows } = await admin.query<{ right: string }>(
      `select distinct c.table_schema || '.' || c.table_name || ' ' || c.privilege_type as right
       from information_schema.column_privileges c where c.grantee = 'hudun_look' order by 1`,
    )
    const tables = ["blind_index", "grant_ended", "minor", "record", "residence", "use_grant", "work_order"]
    expect(rows.map(({ right }) => right)).toEqual(tables.map((table) => `app.${table} SELECT`))
    const [community = ""] = communities()
    const context = {
      communities: community,
      buildings: "*",
      classes: "identity",
      posts: "manager",
      actor: "",
    }
    for (const text of [
      "select masks from app.record",
      "select * from app.staff",
      "delete from app.residence",
    ])
      expect(await stateOf(ask(look, context, { text }))).toBe("42501")
  })
})
