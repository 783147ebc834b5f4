/** Every table × every context with raw SQL: what visibility.ts says, and nothing else. Clauses 3.8, 3.9, 4.2, 6.1. */

import { setTimeout as sleep } from "node:timers/promises"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { RoleName } from "../../src/platform/roles.ts"
import { fileApplications } from "./applications.ts"
import { furnishConsents } from "./consents.ts"
import { ask, type Eyes, eyesOf, stateOf } from "./contexts.ts"
import { breakGlasses } from "./emergencies.ts"
import { furnishForms } from "./forms.ts"
import { furnishParties } from "./parties.ts"
import {
  histories,
  type Sight,
  shared,
  sights,
  type Viewer,
  viewers,
  visibility,
  writers,
} from "./visibility.ts"
import { plantWatch } from "./watch.ts"
import { makeWorld, required, type Town, type World } from "./world.ts"

const refused = "42501"
const duplicate = "23505"
const appendOnly = "HU001"

let world: World
let superuser: pg.Client
const clients = new Map<RoleName, pg.Client>()

beforeAll(async () => {
  world = await makeWorld()
  superuser = await world.test.database.superuser()
  for (const role of ["hudun_app", "hudun_auth", "hudun_keyring", "hudun_publish"] as const) {
    const client = new pg.Client(world.test.database.as(role))
    await client.connect()
    clients.set(role, client)
  }
  await furnishRest()
})
afterAll(async () => {
  for (const client of [...clients.values(), superuser]) await client.end()
  await world.test.close()
})

/** What nobody in this world does: a search that is kept, a record that does not open, a company that changes its suite, and a day that passes for the ledger. */
async function furnishRest(): Promise<void> {
  for (const town of towns()) {
    const { community, staff } = town
    await furnishStops(town)
    await furnishForms(superuser, community.communityId, staff.manager.staffId)
    await furnishConsents(superuser, town)
    await superuser.query(
      "insert into app.trace_view values ($1, gen_random_uuid(), $2, '明文', 'act:use.look', now())",
      [community.communityId, staff.manager.staffId],
    )
    await fileApplications(superuser, community, staff)
    await breakGlasses(superuser, community, staff)
    await furnishParties(superuser, town)
    await superuser.query(
      `insert into app.text_kept select community_id, gen_random_uuid(), order_id, building_id, 'name', 'caller_asked', opened_by,
         opened_post, now() from app.work_order where community_id = $1`,
      [community.communityId],
    )
    await plantText(town)
    await plantPurge(town)
    await plantWatch(superuser, town)
    await plantSuspension(town)
    await superuser.query(
      "insert into app.quarantine values ($1, gen_random_uuid(), 'identity', 1, now(), null)",
      [community.communityId],
    )
  }
  await furnishRegime(world.town.staff)
  await superuser.query("insert into keyring.reseal values (1, now(), now())")
  await superuser.query(
    `insert into keyring.former_key select tenant_id, community_id, subject_id, class, suite, kek_epoch, wrapped, now()
     from keyring.data_key limit 1`,
  )
  world.test.time.ahead += 86_400_000
  for (let tries = 0; tries < 200; tries += 1) {
    const { rowCount } = await superuser.query("select from app.ledger_head limit 1")
    if (rowCount === 1) return
    await sleep(100)
  }
}

/** A scan by hand that found something, and the officer's decision. */
async function plantText({ community: { communityId }, staff }: Town): Promise<void> {
  await superuser.query(
    `with scan as (insert into app.text_scan values ($1, gen_random_uuid(), 'by_hand', current_date, 1, $2, 'privacy_officer', now()) returning *),
      step as (insert into app.text_scan_step select community_id, scan_id, 1, gen_random_uuid(), 'service', 1, 0, 1, true, now() from scan),
      finding as (insert into app.text_finding select community_id, gen_random_uuid(), scan_id, gen_random_uuid(), 'service', 'repair', 'phone', 1,
        array[1]::bigint[], null, null, null, now() from scan returning community_id, finding_id)
     insert into app.text_ruling select community_id, finding_id, 'mask', null, 1, $2, 'privacy_officer', now() from finding`,
    [communityId, staff.privacy_officer.staffId],
  )
}

/** A plan of the officer that the manager signed. */
async function plantPurge({ community: { communityId }, staff }: Town): Promise<void> {
  await superuser.query(
    `with plan as (insert into app.purge_plan values ($1, gen_random_uuid(), 'D20260101-01', 1, '[{}]', '\\x00', $2, 'privacy_officer', now()) returning *)
     insert into app.purge_plan_end select community_id, plan_id, 'handed_over', by_staff, digest, $3, 'manager', now() from plan`,
    [communityId, staff.privacy_officer.staffId, staff.manager.staffId],
  )
}

/** A draft that was signed twice and withdrawn, and an assessment that was signed off. */
/** Over long ago, so that nobody of this world is missing. */
async function plantSuspension({ community: { tenantId }, staff }: Town): Promise<void> {
  await superuser.query(
    `with made as (insert into app.staff_suspension values (gen_random_uuid(), $2, $1, 'leave', now() - interval '1 day', $3,
         'privacy_officer', now() - interval '2 days') returning *)
     insert into app.staff_suspension_lifted select suspension_id, by_staff, by_post, at from made`,
    [tenantId, staff.auditor.staffId, staff.privacy_officer.staffId],
  )
}

async function furnishRegime({ manager, privacy_officer: officer }: Town["staff"]): Promise<void> {
  await superuser.query(
    `with draft as (insert into app.regime_draft values (gen_random_uuid(), '试改', null, $1, now()) returning draft_id),
      change as (insert into app.regime_change select draft_id, 1, 1, '{}', '\\x00', $1, now() from draft returning draft_id),
      signed as (insert into app.regime_signature select draft_id, 1, place, by, post, null, '\\x00', now() from change,
        (values (1::smallint, $1::uuid, 'privacy_officer'), (2::smallint, $2::uuid, 'manager')) as two (place, by, post))
     insert into app.regime_draft_end select draft_id, null, null, $1, now() from change`,
    [officer.staffId, manager.staffId],
  )
  await superuser.query(
    `with made as (insert into app.assessment values (gen_random_uuid(), 'gate', $1, now()) returning assessment_id),
      written as (insert into app.assessment_edition select assessment_id, 1, '{}', '\\x00', $1, now() from made returning assessment_id)
     insert into app.assessment_signature select assessment_id, 1, $1, $2, 'manager', '\\x00', now() from written`,
    [officer.staffId, manager.staffId],
  )
}

/** Attempts of buildings 1 and 3, ruled on and taught; training and a proposal. */
async function furnishStops({ community: { communityId }, staff }: Town): Promise<void> {
  const { manager, clerk, privacy_officer: officer } = staff
  for (const building of ["1", "3"]) {
    await superuser.query(
      `with made as (insert into app.attempt values ($1, gen_random_uuid(), now(), $2, 'manager', array[$3::bigint], 'api', 'repair', 'employer',
          'order.field_forbidden', 1) returning attempt_id),
        ruled as (insert into app.attempt_ruling select $1, gen_random_uuid(), attempt_id, array[$3::bigint], 'teach', $2, 'manager', now() from made)
       insert into app.lesson select $1, gen_random_uuid(), attempt_id, 'employer', 'repair', '2.3', '不收集', 'Not collected', $2, 'manager', now() from made`,
      [communityId, manager.staffId, building],
    )
  }
  await superuser.query(
    "insert into app.training values ($1, gen_random_uuid(), $2, '保密', '2026-01-01', '2027-01-01', $3, 'manager', now())",
    [communityId, clerk.staffId, manager.staffId],
  )
  await superuser.query(
    `with made as (insert into app.proposal values ($1, gen_random_uuid(), '生日', '节日祝福', '想送祝福', $2, 'manager', now()) returning proposal_id)
     insert into app.proposal_answer select $1, proposal_id, $2, 'declined', $3, 'privacy_officer', now() from made`,
    [communityId, manager.staffId, officer.staffId],
  )
}

const isSight = (sign: string): sign is Sight => sights.some((one) => one === sign)
const lines = (text: string): string[][] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/))

const table = new Map(lines(visibility).map(([name = "", ...cells]) => [name, cells]))
const towns = () => [world.town, world.away]

function cellOf(name: string, viewer: Viewer): Sight {
  const sign = table.get(name)?.[viewers.indexOf(viewer)] ?? ""
  if (!isSight(sign)) throw new Error(`${name} × ${viewer}: no cell`)
  return sign
}

/** What the sight allows, as a condition that the superuser applies. */
const conditions: Readonly<Record<Exclude<Sight, "x">, string>> = {
  ".": "false",
  "*": "true",
  c: "community_id = $1",
  b: "community_id = $1 and BUILDING",
  k: "community_id = $1 and BUILDING and class = any ($3)",
  o: "community_id = $1 and BUILDING and (closed_at is null or opened_by = $4)",
  a: "community_id = $1 and assignee = $4",
  g: "community_id = $1 and (BUILDING or grantee = $4)",
  m: "community_id = $1 and grantee = $4",
  t: "community_id = $1 and use_id is not null",
  w: "community_id = $1 and use_id is not null and actor = $4",
  p: "community_id = $1 and staff_id = $4",
  r: "community_id = $1 and $4 = any (readers) and class = any ($3)",
  v: "community_id = $1 and archived_by = $4",
  h: "community_id = $1 and (by_staff = $4 or to_staff = $4)",
  d: "community_id = $1 and by_staff = $4",
  i: "community_id = $1 and applicant = $4",
  j: "community_id = $1 and (BUILDING or applicant = $4)",
  s: "community_id = $1 and signed_by = $4",
  e: "community_id = $1 and ended_by = $4",
  u: "community_id = $1 and BUILDING and (finding_id is null or assignee <> $4)",
}

async function rowsBySight(name: string, sight: Exclude<Sight, "x">, eyes: Eyes): Promise<string[]> {
  const { communities = "", buildings = "", classes = "", actor = "" } = eyes.context ?? {}
  const columns = await superuser.query<{ attname: string }>(
    "select attname from pg_attribute where attrelid = $1::regclass and attname like 'building_id%'",
    [name],
  )
  const column = columns.rows.map(({ attname }) => attname)[0]
  const within = column === "building_ids" ? "building_ids && $2::bigint[]" : `${column} = any ($2::bigint[])`
  const condition = conditions[sight].replace("BUILDING", `($5 or ${within})`)
  const { rows } = await superuser.query<{ place: string }>(
    `select ctid::text as place from ${name}
     where (${condition}) and ($1::bigint, $2::bigint[], $3::text[], $4::uuid, $5::boolean) is not null
     order by ctid`,
    [
      communities || "-1",
      buildings === "*" ? [] : buildings.split(",").filter((one) => one !== ""),
      classes.split(","),
      actor || "ffffffff-ffff-ffff-ffff-ffffffffffff",
      buildings === "*",
    ],
  )
  return rows.map(({ place }) => place)
}

async function rowsSeen(name: string, { role, context }: Eyes): Promise<string[] | "x"> {
  const client = required(clients.get(role))
  const text = `select ctid::text as place from ${name} order by ctid`
  try {
    const { rows } = await ask<{ place: string }>(client, context, { text })
    return rows.map(({ place }) => place)
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === refused) return "x"
    throw error
  }
}

/** The publisher writes while we look: what differs is looked at again. */
async function difference(name: string, viewer: Viewer, town: Town): Promise<string[]> {
  const found = await differenceNow(name, viewer, town)
  return found.length > 0 && name.startsWith("app.ledger_") ? differenceNow(name, viewer, town) : found
}

async function differenceNow(name: string, viewer: Viewer, town: Town): Promise<string[]> {
  const sight = cellOf(name, viewer)
  const eyes = eyesOf(viewer, town)
  const seen = await rowsSeen(name, eyes)
  const due = sight === "x" ? "x" : await rowsBySight(name, sight, eyes)
  if (String(seen) === String(due)) return []
  return [`${viewer}: sees ${String(seen)}, ${sight} are ${String(due)}`]
}

describe("the table of visibility", () => {
  it("names every table of the schemas app and keyring, and no other", async () => {
    const { rows } = await superuser.query<{ name: string }>(
      `select oid::regclass::text as name from pg_class
       where relnamespace in ('app'::regnamespace, 'keyring'::regnamespace) and relkind in ('r', 'p', 'v', 'm', 'f')`,
    )
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...table.keys()].toSorted())
  })

  it("has a cell for every context", () => {
    for (const [name, cells] of table) {
      expect([name, cells.length]).toEqual([name, viewers.length])
      expect(cells.filter((sign) => !isSight(sign))).toEqual([])
    }
  })

  it("is held against rows that could be seen too much of", async () => {
    const narrow: readonly Sight[] = ["b", "k", "o", "a", "g", "t", "r", "v", "h", "i", "j", "u"]
    for (const [name] of table) {
      for (const viewer of viewers) {
        const sight = cellOf(name, viewer)
        if (!narrow.includes(sight) || sight === "x") continue
        const eyes = eyesOf(viewer, world.town)
        const due = (await rowsBySight(name, sight, eyes)).length
        const all = (await rowsBySight(name, "c", eyes)).length
        const isWhole = sight === "k" && eyes.context?.buildings === "*"
        expect([name, viewer, due > 0, isWhole || due < all]).toEqual([name, viewer, true, true])
      }
    }
  })

  it("is held against tables none of which is empty", async () => {
    for (const [name] of table) {
      const { rows } = await superuser.query(`select from ${name} limit 1`)
      expect([name, rows.length]).toEqual([name, 1])
    }
  })
})

describe("rows seen", () => {
  it.each([...table.keys()])("of %s are those of the table, in both companies", async (name) => {
    const wrong: string[] = []
    for (const town of towns()) {
      for (const viewer of viewers) wrong.push(...(await difference(name, viewer, town)))
    }
    expect(wrong).toEqual([])
  })

  it("are none in a community that is not there, whoever looks", async () => {
    const empty = { ...world.town, community: { ...world.town.community, communityId: "987654" } }
    for (const [name] of table) {
      for (const viewer of viewers) {
        const { role, context } = eyesOf(viewer, empty)
        if (role !== "hudun_app" || ["x", "*"].includes(cellOf(name, viewer))) continue
        expect([name, viewer, await rowsSeen(name, { role, context })]).toEqual([name, viewer, []])
      }
    }
  })
})

const writing = new Map(lines(writers).map(([name = "", ...posts]) => [name, posts]))
const hands = viewers.filter((viewer) => !viewer.startsWith("hudun_"))
const app = () => required(clients.get("hudun_app"))

/** Which rows of the community this viewer may add: `c` for any, `.` for none. */
function rowsToWrite(name: string, viewer: Viewer): Exclude<Sight, "x"> {
  const posts = required(writing.get(name))
  if (posts.includes("anybody")) return viewer === "nobody" ? "." : "c"
  if (posts.includes("oneself")) return viewer === "manager" ? "c" : "."
  const post = viewer.replace("_looking", "").replace("resumer", "manager")
  const [, sign = "c"] = posts.find((one) => one.split(":")[0] === post)?.split(":") ?? ["", "."]
  if (!isSight(sign) || sign === "x") throw new Error(`${name} × ${viewer}: no such rows`)
  return sign
}

async function rowAt(name: string, place: string): Promise<object> {
  const { rows } = await superuser.query<{ row: object }>(
    `select to_jsonb(t) as row from ${name} t where ctid = $1::tid`,
    [place],
  )
  return required(rows[0]?.row)
}

async function oneRow(name: string, communityId: string): Promise<object | undefined> {
  const [hasCommunity] = (
    await superuser.query(
      "select from pg_attribute where attrelid = $1::regclass and attname = 'community_id'",
      [name],
    )
  ).rows
  const where = hasCommunity && name !== "app.appointment" ? "where community_id = $1" : "where $1 <> ''"
  const { rows } = await superuser.query<{ row: object }>(
    `select to_jsonb(t) as row from ${name} t ${where} limit 1`,
    [communityId],
  )
  return rows[0]?.row
}

/** Puts a copy of a row in: once row security lets it pass, the primary key stops it. */
function copy(name: string, row: object) {
  return {
    text: `insert into ${name} overriding system value select * from jsonb_populate_record(null::${name}, $1)`,
    values: [JSON.stringify(row)],
  }
}

describe("rows written", () => {
  it("are written down for every table that hudun_app may insert into", async () => {
    const { rows } = await superuser.query<{ name: string }>(
      `select oid::regclass::text as name from pg_class where relnamespace in ('app'::regnamespace, 'keyring'::regnamespace)
       and relkind in ('r', 'p') and has_table_privilege('hudun_app', oid, 'insert')`,
    )
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...writing.keys()].toSorted())
  })

  it.each([...writing.keys()])("to %s come from the posts named, and stay in the community", async (name) => {
    const own = required(await oneRow(name, world.town.community.communityId))
    const foreign = required(await oneRow(name, world.away.community.communityId))
    const isShared = [
      ...Object.keys(shared),
      "app.tenant",
      "app.staff",
      "app.appointment",
      "app.community",
      "app.same_person",
    ]
    for (const viewer of hands) {
      const { context } = eyesOf(viewer, world.town)
      const sight = rowsToWrite(name, viewer)
      if (sight === "c" || sight === ".") {
        const passed = await stateOf(ask(app(), context, copy(name, own)))
        expect([viewer, passed]).toEqual([viewer, sight === "c" ? duplicate : refused])
      }
      if (isShared.includes(name)) continue
      expect([viewer, await stateOf(ask(app(), context, copy(name, foreign)))]).toEqual([viewer, refused])
    }
  })

  const narrow = [...writing].filter(([, posts]) => posts.some((one) => one.includes(":")))
  it.each(narrow.map(([name]) => name))(
    "to %s stay within the viewer's buildings, deeds and tasks",
    async (name) => {
      for (const viewer of hands) {
        const sight = rowsToWrite(name, viewer)
        if (sight === "c" || sight === ".") continue
        const eyes = eyesOf(viewer, world.town)
        const inside = await rowsBySight(name, sight, eyes)
        const outside = (await rowsBySight(name, "c", eyes)).filter((place) => !inside.includes(place))
        for (const [places, due] of [
          [inside, duplicate],
          [outside, refused],
        ] as const) {
          // Whoever is nobody has done nothing themselves.
          if (places.length === 0 && viewer === "resumer") continue
          const row = await rowAt(name, required(places[0]))
          expect([viewer, await stateOf(ask(app(), eyes.context, copy(name, row)))]).toEqual([viewer, due])
        }
      }
    },
  )

  it("are never changed, moved or deleted across communities", async () => {
    const { rows } = await superuser.query<{ name: string; updates: boolean; deletes: boolean }>(
      `select oid::regclass::text as name, has_table_privilege('hudun_app', oid, 'update') as updates,
         has_table_privilege('hudun_app', oid, 'delete') as deletes
       from pg_class c where relnamespace = 'app'::regnamespace and relkind in ('r', 'p')
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'community_id' and a.attnotnull)`,
    )
    expect(rows.length).toBeGreaterThan(20)
    const { communityId: here } = world.town.community
    const { communityId: there } = world.away.community
    for (const { name, updates, deletes } of rows) {
      if (name === "app.community") continue
      for (const viewer of hands) {
        const { context } = eyesOf(viewer, world.town)
        const change = {
          text: `update ${name} set community_id = $1 where community_id = $1`,
          values: [there],
        }
        const move = {
          text: `update ${name} set community_id = $2 where community_id = $1`,
          values: [here, there],
        }
        const remove = { text: `delete from ${name} where community_id = $1`, values: [there] }
        if (updates) {
          expect([name, viewer, (await ask(app(), context, change)).rowCount]).toEqual([name, viewer, 0])
          const moved = ask(app(), context, move).then(({ rowCount }) => rowCount ?? 0)
          const outcome = await moved.catch((error: unknown) =>
            error instanceof pg.DatabaseError && error.code === refused ? 0 : error,
          )
          expect([name, viewer, outcome]).toEqual([name, viewer, 0])
        }
        if (deletes)
          expect([name, viewer, (await ask(app(), context, remove)).rowCount]).toEqual([name, viewer, 0])
      }
    }
  })
})

describe("histories", () => {
  it.each(histories)("%s: a trigger stops whoever gets past the rights", async (name) => {
    const column = shared[name] ?? "community_id"
    const texts = [
      `update ${name} set ${column} = ${column}`,
      `delete from ${name}`,
      `truncate ${name} cascade`,
    ]
    for (const text of texts)
      expect([text, await stateOf(ask(superuser, undefined, { text }))]).toEqual([text, appendOnly])
  })
})
