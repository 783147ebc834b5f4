/** Clause 4.1: a database that could not be written for a moment keeps nobody out afterwards. */

import { afterAll, beforeAll, expect, it } from "vitest"
import { makeCommunity, startHouse, type TestHouse } from "../house.ts"
import { sql } from "../orders.ts"
import { knownPassword, signIn, staffWithLogin } from "../people.ts"

let test: TestHouse

beforeAll(async () => {
  test = await startHouse()
  const { communityId } = await makeCommunity(test, 1)
  await staffWithLogin(test, { communityId, login: "early.clerk", post: "clerk" })
})
afterAll(() => test.close())

const password = knownPassword
const statusOf = async (login: string) => (await signIn(test.app, { login, password })).status

it("fails the sign-ins that come meanwhile, and none that come after", async () => {
  await sql({ test }, "alter table app.credential rename to away")
  const meanwhile = await Promise.all([statusOf("early.clerk"), statusOf("nobody.1")])
  await sql({ test }, "alter table app.away rename to credential")
  expect(meanwhile).toEqual([500, 500])
  expect(await statusOf("early.clerk")).toBe(200)
  expect(await statusOf("nobody.2")).toBe(401)
  expect(await statusOf("nobody.3")).toBe(401)
})
