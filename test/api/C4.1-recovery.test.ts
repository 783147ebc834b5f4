/** Clause 4.1: a privacy officer whom nobody else can let in comes back by a command at the machine, and by nothing else. */

import { afterAll, beforeAll, expect, it } from "vitest"
import { localHeader, readLocalToken } from "../../src/vault/local-token.ts"
import {
  appoint,
  makeCommunity,
  send,
  startHouse,
  type TestCommunity,
  type TestHouse,
  type TestStaff,
} from "../house.ts"
import { tracesOf } from "../orders.ts"
import { knownPassword, signIn, staffWithLogin } from "../people.ts"

let test: TestHouse
let community: TestCommunity
let officer: TestStaff

beforeAll(async () => {
  test = await startHouse()
  community = await makeCommunity(test, 1)
  const { communityId } = community
  officer = await staffWithLogin(test, { communityId, login: "only.officer", post: "privacy_officer" })
  for (const post of ["clerk", "manager", "security_admin"] as const)
    await staffWithLogin(test, { communityId, login: `a.${post}`, post })
})
afterAll(() => test.close())

async function recover(login: string, token?: string) {
  const headers = { [localHeader]: token ?? (await readLocalToken(test.database.data)) }
  return send(test, "POST /api/local/people/recover", { headers, body: { login } })
}

const recoveries = async () => (await tracesOf({ test })).filter(({ act }) => act === "people.recover")

it("is for who holds the machine's secret, not for a session", async () => {
  for (const token of ["", "0".repeat(64)])
    expect((await recover("only.officer", token)).body["code"]).toBe("session.none")
  const body = { login: "only.officer" }
  const bySession = await send(test, "POST /api/local/people/recover", { as: officer, body })
  expect([bySession.status, bySession.body["code"]]).toEqual([401, "session.none"])
  expect(await recoveries()).toEqual([])
  expect((await signIn(test.app, { ...body, password: knownPassword })).status).toBe(200)
})

it("lets in no other post, and tells nobody which log-ins there are", async () => {
  const answers = await Promise.all(
    ["a.clerk", "a.manager", "a.security_admin", "not.there"].map((login) => recover(login)),
  )
  expect(answers.map(({ status, body }) => [status, body["code"]])).toEqual(
    answers.map(() => [404, "thing.absent"]),
  )
  expect((await signIn(test.app, { login: "a.clerk", password: knownPassword })).status).toBe(200)
  expect(await recoveries()).toEqual([])
})

it("lets in nobody whom the company has suspended", async () => {
  const { communityId } = community
  const stopped = await staffWithLogin(test, { communityId, login: "stopped.one", post: "privacy_officer" })
  const as = await appoint(test, { community, post: "privacy_officer" })
  const path = `/api/communities/${communityId}/staff/${stopped.staffId}` as const
  expect((await send(test, `POST ${path}/suspend`, { as, body: { reason: "leave" } })).status).toBe(200)
  expect((await recover("stopped.one")).body["code"]).toBe("account.suspended")
  expect(await recoveries()).toEqual([])
  expect((await send(test, `POST ${path}/restore`, { as, body: {} })).status).toBe(200)
  expect((await signIn(test.app, { login: "stopped.one", password: knownPassword })).status).toBe(200)
})

it("ends sessions, the old password and the second factor, and asks for new ones", async () => {
  const before = await signIn(test.app, { login: "only.officer", password: knownPassword })
  const reply = await recover("only.officer")
  expect(reply.status).toBe(200)
  expect((await send(test, "GET /api/session", { as: { ...officer, cookie: before.cookie } })).status).toBe(
    401,
  )
  const old = await signIn(test.app, { login: "only.officer", password: knownPassword })
  expect(old.body["code"]).toBe("sign_in.wrong")
  const first = String(reply.body["firstPassword"])
  const session = await signIn(test.app, { login: "only.officer", password: first })
  expect(session.status).toBe(200)
  const as = { ...officer, cookie: session.cookie }
  const path = `/api/communities/${community.communityId}/staff` as const
  expect((await send(test, `GET ${path}`, { as })).body["code"]).toBe("password.change_first")
  const change = { current: first, next: "a-song-nobody-knows-yet" }
  expect((await send(test, "POST /api/session/password", { as, body: change })).status).toBe(200)
  expect((await send(test, `GET ${path}`, { as })).body["code"]).toBe("code.enrol_first")
})

it("leaves a trace by the operator of the machine, in the officer's community", async () => {
  const [trace, ...more] = await recoveries()
  expect([trace?.post, trace?.actor, trace?.outcome, more]).toEqual(["operator", null, "done", []])
})
