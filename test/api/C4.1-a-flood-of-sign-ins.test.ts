/** Clause 4.1: a flood of sign-ins is refused beyond a bound, locks nobody out, and does not stop others at work. */

import { afterAll, beforeAll, expect, it } from "vitest"
import { makeCommunity, send, startHouse, type TestHouse, type TestStaff } from "../house.ts"
import { sql } from "../orders.ts"
import { knownPassword, signIn, staffWithLogin } from "../people.ts"

let test: TestHouse
let clerk: TestStaff

beforeAll(async () => {
  test = await startHouse()
  const { communityId } = await makeCommunity(test, 1)
  clerk = await staffWithLogin(test, { communityId, login: "steady.clerk", post: "clerk" })
})
afterAll(() => test.close())

const password = knownPassword
const codesOf = (replies: ReadonlyArray<{ status: number; body: Record<string, unknown> }>) =>
  new Set(
    replies.map(({ status, body }) =>
      `${status} ${typeof body["code"] === "string" ? body["code"] : ""}`.trim(),
    ),
  )

it("is refused in part, and lets through who is signed in already", async () => {
  const { cookie } = await signIn(test.app, { login: "steady.clerk", password })
  const flood = Array.from({ length: 150 }, (_, at) => signIn(test.app, { login: `nobody.${at}`, password }))
  let isOver = false
  const all = Promise.all(flood).finally(() => {
    isOver = true
  })
  const session = await send(test, "GET /api/session", { as: { ...clerk, cookie } })
  expect([session.status, isOver]).toEqual([200, false])
  expect(codesOf(await all)).toEqual(new Set(["401 sign_in.wrong", "503 server.busy"]))
})

it("locks nobody out: whoever is refused as one too many has not failed", async () => {
  const flood = Array.from({ length: 100 }, (_, at) => signIn(test.app, { login: `no.one.${at}`, password }))
  const own = Array.from({ length: 8 }, () => signIn(test.app, { login: "steady.clerk", password }))
  expect(codesOf(await Promise.all(own))).toContain("503 server.busy")
  await Promise.all(flood)
  const failures = await sql<{ failures: number }>(
    { test },
    "select failures from app.credential where staff_id = $1",
    [clerk.staffId],
  )
  expect(failures).toEqual([{ failures: 0 }])
  expect((await signIn(test.app, { login: "steady.clerk", password })).status).toBe(200)
})

it("is no flood when a shift begins: thirty at once are all heard", async () => {
  const shift = Array.from({ length: 30 }, (_, at) => signIn(test.app, { login: `early.${at}`, password }))
  expect(codesOf(await Promise.all(shift))).toEqual(new Set(["401 sign_in.wrong"]))
})
