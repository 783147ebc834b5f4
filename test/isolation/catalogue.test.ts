/** What every table of the schema promises, whatever it holds: row security, comments, histories, rights. Clauses 3.8, 3.9, 3.12, 6.1. */

import { readFile } from "node:fs/promises"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { openTestDatabase, type TestDatabase } from "../database.ts"
import { ask, stateOf } from "./contexts.ts"
import { histories, shared } from "./visibility.ts"

const refused = "42501"

let database: TestDatabase
let superuser: pg.Client
let owner: pg.Client

beforeAll(async () => {
  database = await openTestDatabase()
  superuser = await database.superuser()
  owner = new pg.Client(database.as("hudun_owner"))
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await superuser.end()
  await database.stop()
})

async function all<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await superuser.query<Row>(text, values)).rows
}

const ourTables = `pg_class c where c.relnamespace in ('app'::regnamespace, 'keyring'::regnamespace) and c.relkind in ('r', 'p')`

describe("every table and partition", () => {
  it("has row security, also for its owner", async () => {
    const tables = await all(
      `select c.oid::regclass::text as name, c.relrowsecurity, c.relforcerowsecurity from ${ourTables}`,
    )
    expect(tables.length).toBeGreaterThan(30)
    expect(tables.filter((one) => !one["relrowsecurity"] || !one["relforcerowsecurity"])).toEqual([])
  })

  it("has a comment", async () => {
    const bare = await all(
      `select c.oid::regclass::text as name from ${ourTables} and obj_description(c.oid, 'pg_class') is null`,
    )
    expect(bare).toEqual([])
  })

  it("is open to no role beyond those named for it", async () => {
    const open = await all(
      `select c.oid::regclass::text as name from ${ourTables} and has_table_privilege('public', c.oid, 'select, insert, update, delete')`,
    )
    expect(open).toEqual([])
  })

  it("passes the lint of the schema", async () => {
    expect(await all(await readFile(join(import.meta.dirname, "lint.sql"), "utf8"))).toEqual([])
  })
})

describe("the lint of the schema", () => {
  const faults: ReadonlyArray<readonly [rule: string, make: string]> = [
    ["key without the distribution column", "alter table app.home add constraint once unique (home_id)"],
    [
      "table of schema app without a placement",
      "create table app.lost (community_id bigint not null primary key)",
    ],
    [
      "policy with a sub-select",
      "create policy sub on app.home for select using (exists (select from app.tenant))",
    ],
    [
      "foreign key not co-located or without the distribution column",
      "alter table app.residence add constraint loose foreign key (community_id, home_id) references app.home (community_id, home_id);" +
        "alter table app.home add constraint to_session foreign key (label) references app.login (login)",
    ],
    [
      "view without security_invoker over a table with row security",
      "create view app.bare as select * from app.home",
    ],
    [
      "function that runs as its owner",
      "create function app.trick() returns int language sql security definer as 'select 1'",
    ],
  ]

  it.each(faults)("finds a %s", async (rule, make) => {
    const lint = await readFile(join(import.meta.dirname, "lint.sql"), "utf8")
    await superuser.query("begin")
    await superuser.query(make)
    const found = await all<{ rule: string }>(lint)
    await superuser.query("rollback")
    expect(found.map((one) => one.rule)).toContain(rule)
  })
})

describe("histories", () => {
  it("are all tables that hudun_app may add to and neither change nor delete", async () => {
    const found = await all<{ name: string }>(
      `select c.oid::regclass::text as name from ${ourTables} and has_table_privilege('hudun_app', c.oid, 'insert')
         and not has_table_privilege('hudun_app', c.oid, 'update') and not has_table_privilege('hudun_app', c.oid, 'delete')`,
    )
    expect(found.map(({ name }) => name).toSorted()).toEqual(histories.toSorted())
  })

  it.each(histories)("%s: hudun_app has no right to change, delete or empty it", async (name) => {
    const [row] = await all(
      `select has_table_privilege('hudun_app', $1, 'update') as updates, has_table_privilege('hudun_app', $1, 'delete') as deletes,
         has_table_privilege('hudun_app', $1, 'truncate') as empties, has_any_column_privilege('hudun_app', $1, 'update') as columns`,
      [name],
    )
    expect(row).toEqual({ updates: false, deletes: false, empties: false, columns: false })
  })

  it.each(histories)("%s: its owner may empty it by right, and is stopped", async (name) => {
    expect(await stateOf(ask(owner, undefined, { text: `truncate ${name} cascade` }))).toBe("HU001")
    expect(await stateOf(ask(owner, undefined, { text: "truncate app.to_verify" }))).toBe("")
  })

  it("of tomorrow cannot be emptied either; a table with changes can", async () => {
    const emptied = async (verbs: string) => {
      await superuser.query("begin")
      await superuser.query(
        `create table app.tomorrow (community_id bigint not null primary key);
         select app.guard('app.tomorrow', '{community}', '{community}', '${verbs}')`,
      )
      const state = await stateOf(superuser.query("truncate app.tomorrow"))
      await superuser.query("rollback")
      return state
    }
    expect(await emptied("select, insert")).toBe("HU001")
    expect(await emptied("select, insert, delete")).toBe("")
  })

  it("are not even seen by their owner, whom row security binds too", async () => {
    for (const name of histories) {
      const column = shared[name] ?? "community_id"
      const { rowCount } = await owner.query(`update ${name} set ${column} = ${column}`)
      expect([name, rowCount]).toEqual([name, 0])
    }
  })
})

describe("hudun_app", () => {
  it("has no right on keys and on what signs people in", async () => {
    const closed = [
      "keyring.kek",
      "keyring.index_key",
      "keyring.data_key",
      "app.login",
      "app.credential",
      "app.session",
    ]
    const client = new pg.Client(database.as("hudun_app"))
    await client.connect()
    for (const name of closed) {
      for (const text of [
        `select from ${name}`,
        `insert into ${name} default values`,
        `update ${name} set ${name.startsWith("app.") ? "staff_id" : "tenant_id"} = null`,
        `delete from ${name}`,
        `truncate ${name}`,
      ])
        expect([text, await stateOf(ask(client, undefined, { text }))]).toEqual([text, refused])
    }
    await client.end()
  })

  it("cannot take another role, leave row security or read files", async () => {
    const [role] = await all(
      "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where rolname = 'hudun_app'",
    )
    expect(Object.values(role ?? {})).toEqual([false, false, false, false, false])
    const members = await all(
      "select from pg_auth_members m join pg_roles r on r.oid = m.member where r.rolname like 'hudun_%'",
    )
    expect(members).toEqual([])
  })

  it("owns nothing", async () => {
    const owned = await all(
      "select relname from pg_class where pg_get_userbyid(relowner) in ('hudun_app', 'hudun_auth', 'hudun_keyring', 'hudun_publish', 'hudun_look')",
    )
    expect(owned).toEqual([])
  })
})
