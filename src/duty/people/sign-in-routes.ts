/** Signing in: a password, then a one-time code where one is owed, then a session. Clause 4.1. */

import type { FastifyReply } from "fastify"
import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { random } from "../../platform/random.ts"
import { signIn } from "./contract.ts"
import { doorHand } from "./hand.ts"
import { meOf } from "./me.ts"
import { hashPassword, isWeaker } from "./password.ts"
import type { PasswordDoor } from "./password-door.ts"
import { proveCode } from "./prove-code.ts"
import { hashOf, sessionCookie, sessionMilliseconds } from "./session.ts"
import { findSession } from "./session-sql.ts"
import { type KnownApplicant, openSession } from "./sign-in-sql.ts"

export interface SignInDoor {
  /** Connections as hudun_auth. */
  readonly auth: pg.Pool
  readonly passwords: PasswordDoor
  /** Whether cookies travel over TLS only. */
  readonly secure: boolean
}

export function signInRoutes(http: Http, house: House, door: SignInDoor): void {
  const { auth, passwords } = door

  http.on(signIn, async ({ body, request, reply }) => {
    const proven = await passwords.prove(body, { ip: request.ip, act: "people.sign_in" })
    const { applicant } = proven
    await proveCode(house, auth, { ...proven, code: body.code, act: "people.sign_in" })
    await act(house.spine, doorHand(applicant), async (command) =>
      command.trace({ act: "people.sign_in", clause: "4.1" }),
    )
    const token = await beginSession(house, auth, { applicant, password: body.password })
    return welcome(house, door, { token, reply })
  })
}

/** A session and, when today's hashes cost more, a new hash. Returns the token, which is kept nowhere. */
async function beginSession(
  house: House,
  auth: pg.Pool,
  { applicant, password }: { applicant: KnownApplicant; password: string },
): Promise<string> {
  const { staffId, passwordHash } = applicant
  const rehashed = isWeaker(passwordHash) ? await hashPassword(password, random(16)) : passwordHash
  const token = Buffer.from(random(32)).toString("base64url")
  const now = house.spine.clock()
  const session = { tokenHash: hashOf(token), staffId, passwordHash, rehashed, now }
  const isOpen = await openSession(auth, { ...session, expires: now + sessionMilliseconds })
  if (!isOpen) throw new Refusal("sign_in.wrong")
  return token
}

async function welcome(
  { spine, regime }: House,
  { auth, secure }: SignInDoor,
  { token, reply }: { token: string; reply: FastifyReply },
) {
  const now = spine.clock()
  const session = await findSession(auth, hashOf(token), now)
  if (session === undefined) throw new Refusal("session.none")
  void reply.setCookie(sessionCookie, token, {
    httpOnly: true,
    sameSite: "strict",
    path: "/",
    secure,
    maxAge: sessionMilliseconds / 1000,
  })
  return meOf(regime(), session, now)
}
