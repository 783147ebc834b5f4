import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Context } from "./context.ts"
import { sqlState } from "./database.ts"
import { Lane } from "./lane.ts"
import { type LocalPostgres, startLocalPostgres } from "./local-postgres.ts"

let folder: string
let postgres: LocalPostgres
let lane: Lane

const socket = () => ({
  host: postgres.host,
  port: postgres.port,
  user: "postgres",
  database: "postgres",
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hudun-lane-"))
  postgres = await startLocalPostgres({ directory: folder, settings: { shared_buffers: "32MB" } })
  await asAdmin(async (admin) => {
    await admin.query("create schema app")
    await admin.query(`create function app.ctx(a text, b text, c text, d text, e text) returns void language plpgsql as $f$
      begin
        if a = 'refused' then raise exception 'no' using errcode = 'HU009'; end if;
        execute format('set local app.communities = %L', a);
        execute format('set local app.actor = %L', e);
      end $f$`)
    await admin.query("create table kept (id integer primary key)")
  })
  lane = new Lane(socket())
})

afterAll(async () => {
  await lane.close()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

async function asAdmin(work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client(socket())
  await admin.connect()
  await work(admin)
  await admin.end()
}

function contextOf(community: string, actor = ""): Context {
  return { communities: community, buildings: "", classes: "", posts: "", actor }
}

const seen = "select current_setting('app.communities') as community, current_setting('app.actor') as actor"

describe("contexts", () => {
  test("each statement runs under its own, however many are asked at once and however many fail", async () => {
    const answers = await Promise.all(
      Array.from({ length: 5_000 }, async (_, at) => {
        const context = contextOf(String(at % 7), String(at % 3))
        if (at % 11 === 0)
          return lane.read(context, "select 1 / ($1::int - $1::int)", [at]).catch((error) => sqlState(error))
        const [row] = await lane.read<{ community: string; actor: string }>(context, seen, [])
        return row?.community === String(at % 7) && row.actor === String(at % 3) ? "right" : "wrong"
      }),
    )
    expect(new Set(answers)).toEqual(new Set(["right", "22012"]))
    expect(answers.filter((answer) => answer === "22012")).toHaveLength(455)
  })

  test("nothing of one is left for a statement without any", async () => {
    await lane.read(contextOf("7"), seen, [])
    const ask = "select nullif(current_setting('app.communities', true), '') as community"
    expect(await lane.read(undefined, ask, [])).toEqual([{ community: null }])
  })

  test("a context that is refused fails its own statement only", async () => {
    const [refused, other] = await Promise.allSettled([
      lane.read(contextOf("refused"), seen, []),
      lane.read(contextOf("8"), seen, []),
    ])
    expect(refused).toMatchObject({ status: "rejected", reason: { code: "HU009" } })
    expect(other).toEqual({ status: "fulfilled", value: [{ community: "8", actor: "" }] })
  })
})

describe("values", () => {
  test("come as pg itself would give them", async () => {
    const ask = `select 'é中𬭎' as text, null as nothing, true as yes, 7::int4 as four, 9007199254740993::int8 as eight,
      '00000000-0000-4000-8000-00000000000a'::uuid as id, '\\x00ff'::bytea as bytes, '{"a": [1]}'::jsonb as json,
      array['a', null, 'b"c'] as list, '2026-11-23 10:20:30.456+00'::timestamptz as instant, date '2026-11-23' as day`
    expect(await lane.read(contextOf(""), ask, [])).toEqual([
      {
        text: "é中𬭎",
        nothing: null,
        yes: true,
        four: 7,
        eight: "9007199254740993",
        id: "00000000-0000-4000-8000-00000000000a",
        bytes: Buffer.from([0, 255]),
        json: { a: [1] },
        list: ["a", null, 'b"c'],
        instant: new Date("2026-11-23T10:20:30.456Z"),
        day: "2026-11-23",
      },
    ])
  })

  test("go as they are meant", async () => {
    const ask =
      "select $1::text[] as texts, $2::bytea[] as bytes, $3::jsonb as json, $4::int[] as numbers, $5::bytea as raw"
    const values = [
      ['a"b\\', "c,{d}", null, ""],
      [Buffer.from([1]), null],
      { x: "y" },
      [1, -2],
      Buffer.from("é"),
    ]
    expect(await lane.read(contextOf(""), ask, values)).toEqual([
      { texts: values[0], bytes: values[1], json: { x: "y" }, numbers: [1, -2], raw: Buffer.from("é") },
    ])
  })

  test("larger than any buffer come and go whole", async () => {
    const long = "长".repeat(400_000)
    const rows = await lane.read(contextOf(""), "select $1::text || n as text from generate_series(1, 3) n", [
      long,
    ])
    expect(rows).toEqual([1, 2, 3].map((n) => ({ text: `${long}${n}` })))
  })
})

describe("statements", () => {
  test("more different ones than are remembered all answer", async () => {
    const answers = await Promise.all(
      Array.from({ length: 900 }, (_, at) => lane.read(contextOf(""), `select ${at % 450} as at`, [])),
    )
    expect(answers.flat()).toEqual(Array.from({ length: 900 }, (_, at) => ({ at: at % 450 })))
  })

  test("one that cannot be prepared is refused, and its neighbours are not", async () => {
    const [wrong, right] = await Promise.allSettled([
      lane.read(contextOf(""), "select nothing_like_it", []),
      lane.read(contextOf(""), "select 'new' as word", []),
    ])
    expect(wrong).toMatchObject({ status: "rejected", reason: { code: "42703" } })
    expect(right).toMatchObject({ status: "fulfilled", value: [{ word: "new" }] })
  })

  test("what shares a batch with a failure is done once, not twice and not never", async () => {
    const add = "insert into kept values ($1) returning id"
    const asked = [1, 2, 2, 3].map((id) => lane.read(contextOf("1"), add, [id]))
    const settled = await Promise.allSettled(asked)
    expect(settled.map(({ status }) => status).sort()).toEqual([
      "fulfilled",
      "fulfilled",
      "fulfilled",
      "rejected",
    ])
    expect(await lane.read(contextOf(""), "select id from kept order by id", [])).toEqual([
      { id: 1 },
      { id: 2 },
      { id: 3 },
    ])
  })

  test("a slow one holds up nobody else", async () => {
    const slow = lane.read(contextOf(""), "select 'slow' as word, pg_sleep(1)", [])
    await new Promise((resolve) => setTimeout(resolve, 20))
    const quick = lane.read(contextOf(""), "select 'quick' as word", [])
    expect(await Promise.race([slow, quick])).toEqual([{ word: "quick" }])
    await slow
  })
})

describe("connections", () => {
  test("a lost one fails what was asked on it and is opened anew by the next call", async () => {
    const asked = lane.read(contextOf(""), "select pg_sleep(5)", [])
    asked.catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 100))
    await asAdmin(async (admin) => {
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(5)%' and pid <> pg_backend_pid()",
      )
    })
    await expect(asked).rejects.toThrow()
    expect(await lane.read(contextOf(""), "select 1 as one", [])).toEqual([{ one: 1 }])
  })

  test("a server that is not there is said at once", async () => {
    const nowhere = new Lane({ ...socket(), port: 1 })
    await expect(nowhere.read(contextOf(""), "select 1", [])).rejects.toMatchObject({ code: "ENOENT" })
    await nowhere.close()
  })

  test("a closed lane lets what was sent end, and takes nothing more", async () => {
    const other = new Lane(socket())
    const sent = other.read(contextOf(""), "select pg_sleep(0.2), 'done' as word", [])
    await new Promise((resolve) => setTimeout(resolve, 100))
    await other.close()
    expect(await sent).toMatchObject([{ word: "done" }])
    await expect(other.read(contextOf(""), "select 1", [])).rejects.toThrow("the lane is closed")
  })
})
