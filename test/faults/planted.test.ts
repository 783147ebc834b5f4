/**
 * Five hundred values enter by import and by orders, are looked at, searched, and sent in requests that fail. Afterwards none
 * of them lies anywhere outside ciphertext: not in the database's files or its log, not in the server's, not in a temporary
 * file, in no spelling. Clauses 3.9, 3.10, 3.12.
 */

import { randomUUID } from "node:crypto"
import { chmodSync, mkdirSync, writeFileSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { workbookOf } from "../isolation/upload.ts"
import { formsOf, type Hit, Scanner } from "./scanner.ts"
import {
  type Asking,
  appoint,
  ask,
  type Company,
  endPostgres,
  freePort,
  importRoster,
  kill,
  type Place,
  type Server,
  setUp,
  sql,
  start,
  stop,
} from "./server.ts"

const persons = 140
const orders = 40

const surnames = Array.from("欧阳慕容诸葛司徒上官皇甫令狐钟离闻人宇文")
const given = Array.from("璟珩祎翊骁昱晞玥琰瑾璇珺瑜瑶琛琨琦琮瑄瑢")
const towns = "京沪粤浙苏川渝鄂湘闽"

/** All different, none of them somebody's. */
const names = Array.from(
  { length: persons },
  (_, i) => `${surnames[i % 20] ?? ""}${given[Math.floor(i / 20)] ?? ""}${given[(i * 7 + 3) % 20] ?? ""}`,
)
const phones = Array.from({ length: persons }, (_, i) => `1390037${String(1013 + i * 61).padStart(4, "0")}`)
const plates = Array.from(
  { length: persons },
  (_, i) => `${towns[i % 10] ?? ""}K${String(30_207 + i * 97).padStart(5, "0")}`,
)
const typed = Array.from({ length: orders }, (_, i) => `1380059${String(2027 + i * 83).padStart(4, "0")}`)
const texts = Array.from(
  { length: orders },
  (_, i) => `${given[i % 20] ?? ""}厅吊灯第${String(71 + i)}号线${given[(i * 3 + 1) % 20] ?? ""}夜里闪烁`,
)
const planted = [...names, ...phones, ...plates, ...typed, ...texts]
/** What lies in the clear on purpose, so that finding nothing means something. */
const control = "对照值一三九四二"

let folder: string
let place: Place
let server: Server
let company: Company
let manager: Asking
let clerk: Asking

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hudun-plant-"))
  // As /tmp is: the account that runs PostgreSQL has to reach its socket there.
  chmodSync(folder, 0o711)
  mkdirSync(join(folder, "tmp"))
  chmodSync(join(folder, "tmp"), 0o1777)
  place = { data: join(folder, "data"), port: await freePort(), env: { TMPDIR: join(folder, "tmp") } }
  server = await start(place)
  company = await setUp(place, server)
  manager = { port: place.port, as: await appoint(place.data, company, "manager") }
  clerk = { port: place.port, as: await appoint(place.data, company, "clerk") }
})
afterAll(async () => {
  await kill(server)
  await endPostgres(place.data)
  await rm(folder, { recursive: true, force: true })
})

const path = (rest: string) => `/api/communities/${company.communityId}${rest}`
const at = <Value>(list: readonly Value[], index: number): Value => {
  const found = list[index]
  if (found === undefined) throw new Error("not so many")
  return found
}

function rosterRows(): string[][] {
  return names.map((name, i) => [
    String((i % 4) + 1),
    "1",
    String(101 + Math.floor(i / 4)),
    name,
    at(phones, i),
    at(plates, i),
    i % 10 === 0 ? "业主本人" : "",
  ])
}

describe("five hundred planted values", () => {
  it("are all different and long enough", () => {
    expect(planted).toHaveLength(500)
    expect(new Set(planted).size).toBe(500)
    expect(() => new Scanner(planted)).not.toThrow()
  })

  it("enter by import, also in columns that are wrong, forbidden or unknown", async () => {
    const header = ["楼栋", "单元", "房号", "姓名", "手机号", "车牌号", "与业主关系"]
    await importRoster(manager, company.communityId, await workbookOf({ header, rows: rosterRows() }))
    const rows = await sql(place.data, "select from app.person")
    expect(rows).toHaveLength(persons)
    const crooked = [
      {
        header,
        rows: [
          [at(phones, 1), at(names, 1), at(plates, 1), at(names, 2), "138", at(phones, 2), at(names, 3)],
        ],
      },
      {
        header: [...header.slice(0, 4), "工作单位", "银行卡号", "鞋码"],
        rows: [["1", "1", "199", at(names, 4), at(names, 5), at(phones, 5), at(names, 6)]],
      },
    ]
    for (const roster of crooked) {
      const outcome = await importRoster(manager, company.communityId, await workbookOf(roster)).catch(String)
      expect(outcome).not.toBe("")
    }
    const asHeader = await workbookOf({
      header: ["楼栋", "房号", at(names, 7), at(phones, 7)],
      rows: rosterRows(),
    })
    const form = new FormData()
    form.append("file", new Blob([new Uint8Array(asHeader)]), "roster.xlsx")
    await ask(manager, `POST ${path("/imports")}`, form)
    const torn = new FormData()
    torn.append("file", new Blob([`PK\u0003\u0004${phones.join()}`]), "torn.xlsx")
    expect((await ask(manager, `POST ${path("/imports")}`, torn)).status).toBeGreaterThanOrEqual(400)
  }, 120_000)

  it("enter by orders, are looked at, and come out at the one place they may", async () => {
    const [home] = await sql<{ home_id: string }>(
      place.data,
      "select home_id from app.home order by sort_key limit 1",
    )
    for (const [i, text] of texts.entries()) {
      const body = { orderId: randomUUID(), kind: "repair", homeId: home?.home_id, phone: at(typed, i), text }
      const opened = await ask(clerk, `POST ${path("/orders")}`, body)
      expect([opened.status, opened.body["text"]]).toEqual([200, text])
      if (i % 2 > 0) continue
      const look = `POST ${path(`/uses/${String(opened.body["useId"])}/look`)}` as const
      expect((await ask(clerk, look, { field: "phone" })).body["values"]).toEqual([at(typed, i)])
      expect((await ask(manager, look, { field: "phone" })).status).toBe(403)
      if (i % 4 === 0) await ask(clerk, `POST ${path(`/orders/${body.orderId}/close`)}`, {})
    }
  }, 120_000)

  it("are searched for", async () => {
    for (let i = 0; i < 20; i += 1) {
      for (const text of [at(names, i), at(phones, i), at(plates, i), at(texts, i)]) {
        const { status } = await ask(manager, `POST ${path("/owners/search")}`, { text })
        expect([200, 422]).toContain(status)
      }
    }
  }, 60_000)

  it("are in requests that fail: in the address, the query, the body, the cookie, a sign-in, broken JSON", async () => {
    const statuses: number[] = []
    for (let i = 20; i < 40; i += 1) {
      const [name, phone] = [encodeURIComponent(at(names, i)), at(phones, i)]
      const replies = [
        await ask(clerk, `GET ${path(`/persons/${phone}`)}`),
        await ask(clerk, `GET ${path(`/orders/${name}`)}`),
        await ask(clerk, `GET ${path(`/owners?after=${phone}&limit=${name}`)}`),
        await ask(manager, `GET ${path(`/traces?act=${name}&actor=${phone}`)}`),
        await ask(clerk, `GET /api/communities/${phone}/owners?q=${name}`),
        await ask(clerk, `GET /${name}/${phone}.php`),
        await ask(clerk, `POST ${path("/orders")}`, {
          kind: at(names, i),
          text: phone,
          [phone]: at(texts, i),
        }),
        await ask(clerk, `POST ${path("/orders")}`, {
          orderId: randomUUID(),
          kind: "repair",
          text: at(texts, i),
          household: at(names, i),
        }),
        await ask(clerk, `POST ${path(`/uses/${randomUUID()}/look`)}`, { field: phone }),
        await ask(clerk, `POST ${path(`/uses/${randomUUID()}/look`)}`, { field: at(names, i) }),
        await ask(clerk, "POST /api/session", { login: at(names, i), password: phone }),
        await ask({ port: place.port, as: { staffId: "", cookie: phone } }, `GET ${path("/owners")}`),
        await broken(`{"text":"${at(names, i)}","phone":"${phone}`),
      ]
      statuses.push(...replies.map(({ status }) => status))
    }
    expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([])
  }, 60_000)

  async function broken(body: string): Promise<{ status: number }> {
    const { status } = await fetch(`http://127.0.0.1:${String(place.port)}${path("/orders")}`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie: `hudun_session=${clerk.as.cookie}` },
      body,
    })
    return { status }
  }
})

describe("the scanner", () => {
  it.each(formsOf(control).map(({ form, bytes }) => ({ form, bytes })))(
    "finds a value written as $form",
    ({ bytes }) => {
      const scanner = new Scanner([control])
      const around = Buffer.concat([Buffer.from([0, 255, 1]), bytes, Buffer.from([7, 0])])
      expect(scanner.scanBytes(around, "").length).toBeGreaterThan(0)
      expect(scanner.scanBytes(Buffer.from(`${control.slice(1)}${control.slice(0, 3)}`), "")).toEqual([])
    },
  )

  it("finds base64 of a longer text that holds the value, wherever it begins", () => {
    const scanner = new Scanner([control])
    for (const before of ["", "x", "xy", "xyz"]) {
      const text = Buffer.from(`${before}${control}。`).toString("base64")
      expect([before, scanner.scanBytes(Buffer.from(text), "").length > 0]).toEqual([before, true])
    }
  })
})

describe("what is left when the server has ended", () => {
  const scanner = new Scanner([...planted, control])
  const shown = (hits: readonly Hit[]) =>
    hits
      .map(({ file, at: place_, form, value }) => `${form} of ${value} in ${file} at ${String(place_)}`)
      .slice(0, 20)
  const isPlanted = (hit: Hit) => hit.value !== control

  it("holds none of them in any row of any table, also where rows are compressed", async () => {
    // Several times: a page of the WAL may end in the middle of one.
    for (const name of [control, "甲", control, "乙", control])
      await sql(place.data, "update app.community set name = $1 where community_id = $2", [
        name,
        company.communityId,
      ])
    const tables = await sql<{ name: string }>(
      place.data,
      `select oid::regclass::text as name from pg_class where relkind in ('r', 'p') and relnamespace::regnamespace::text !~ '^(pg_|information_schema)'`,
    )
    const hits: Hit[] = []
    for (const { name } of tables) {
      const rows = await sql<{ line: string }>(place.data, `select t::text as line from ${name} t`)
      const text = rows.map(({ line }) => line).join("\n")
      hits.push(...scanner.scanBytes(Buffer.from(text), name))
    }
    expect(shown(hits.filter(isPlanted))).toEqual([])
    expect(hits.filter((hit) => !isPlanted(hit)).map(({ file }) => file)).toEqual(["app.community"])
  })

  it("holds none of them in any file, and the control where it was put", async () => {
    expect(await stop(server)).toEqual({ code: 0, signal: null })
    writeFileSync(join(folder, "server-output.log"), server.said())
    const { hits, bytes, files } = scanner.scanFolder(folder)
    process.stdout.write(
      `  scanned ${String(files)} files, ${String(Math.round(bytes / 1e6))} MB for ${String(planted.length)} values\n`,
    )
    expect(bytes).toBeGreaterThan(30_000_000)
    expect(shown(hits.filter(isPlanted))).toEqual([])
    const found = hits.filter((hit) => !isPlanted(hit))
    expect(found.some(({ file }) => file.includes("/base/"))).toBe(true)
    expect(found.some(({ file }) => file.includes("/pg_wal/"))).toBe(true)
  }, 120_000)
})
