/** People who sign in as they would in a browser: through the door, with a cookie. */

import { randomUUID } from "node:crypto"
import type { FastifyInstance } from "fastify"
import { Secret, TOTP } from "otpauth"
import { createApp } from "../src/app.ts"
import { hashPassword } from "../src/duty/people/password.ts"
import type { Post } from "../src/duty/people/post.ts"
import { newSetupCode, type SetupCode } from "../src/duty/people/setup-code.ts"
import { openLog } from "../src/platform/log.ts"
import { random } from "../src/platform/random.ts"
import { appoint, type Reply, type TestHouse, type TestStaff } from "./house.ts"

export interface FirstRunHouse extends TestHouse {
  readonly setup: SetupCode
}

/** The same house behind another server, behind TLS, that knows its set-up code, or (null) has none. */
export async function withSetup(test: TestHouse, code?: null): Promise<FirstRunHouse> {
  const setup = newSetupCode(Date.now(), random)
  const app = await createApp(test.open, {
    log: openLog(test.log),
    web: undefined,
    setup: code === null ? undefined : setup,
    origin: "https://hudun.example.com",
    requestsPerMinute: 1_000_000,
  })
  const close = async () => {
    await app.close()
    await test.close()
  }
  return { ...test, app, setup, close }
}

export const knownPassword = "a-song-that-everybody-knows"
let hashed: Promise<string> | undefined

export function knownHash(): Promise<string> {
  hashed ??= hashPassword(knownPassword, random(16))
  return hashed
}

interface WithLogin {
  readonly communityId: string
  readonly login: string
  readonly post: Post
}

/** Somebody with a post who signs in with {@link knownPassword} and owes no change of it and no code. */
export async function staffWithLogin(test: TestHouse, who: WithLogin): Promise<TestStaff> {
  const admin = await test.database.superuser()
  const { rows } = await admin.query<{ tenant_id: string }>(
    "select tenant_id from app.community where community_id = $1",
    [who.communityId],
  )
  const community = { tenantId: rows[0]?.tenant_id ?? "", communityId: who.communityId }
  const staff = await appoint(test, { community, post: who.post })
  await admin.query("update app.login set login = $2 where staff_id = $1", [staff.staffId, who.login])
  await admin.query(
    "update app.credential set password_hash = $2, second_factor = null where staff_id = $1",
    [staff.staffId, await knownHash()],
  )
  await admin.end()
  return staff
}

export interface Knock {
  readonly login: string
  readonly password: string
  readonly code?: string
}

export interface Entered extends Reply {
  /** The cookie's value; empty when the door stayed shut. */
  readonly cookie: string
  readonly setCookie: string
  readonly staffId: string
  readonly post: Post
}

let desks = 0

/** Each call comes from an address of its own unless told otherwise, so that only a test about pace meets the pace. */
export async function signIn(app: FastifyInstance, knock: Knock, address?: string): Promise<Entered> {
  desks += 1
  const remoteAddress = address ?? `10.1.${desks >> 8}.${desks & 255}`
  const reply = await app.inject({ method: "POST", url: "/api/session", payload: knock, remoteAddress })
  const body: Record<string, unknown> = reply.json()
  const [cookie] = reply.cookies
  return {
    status: reply.statusCode,
    body,
    text: reply.body,
    cookie: cookie?.value ?? "",
    setCookie: String(reply.headers["set-cookie"] ?? ""),
    staffId: typeof body["staffId"] === "string" ? body["staffId"] : "",
    post: "clerk",
  }
}

export function codeAt(secret: string, now: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: "SHA1" }).generate({
    timestamp: now,
  })
}

export function newStaff(login: string, post: Post, buildingIds: readonly string[] | null = null) {
  return { staffId: randomUUID(), name: `测试${login}`, login, post, buildingIds }
}
