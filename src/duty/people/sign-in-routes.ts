/**
 * The sign-in door. Whether a log-in exists is never told: an unknown one is counted, hashed, locked and traced like any
 * other. A failure is counted before the password is looked at. Clause 4.1.
 */

import type { FastifyReply } from "fastify"
import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { random } from "../../platform/random.ts"
import { signIn } from "./contract.ts"
import { doorHand, strangerHand } from "./hand.ts"
import { afterFailure, isLocked, type Lockout, minutesLeft, noLockout } from "./lockout.ts"
import { meOf } from "./me.ts"
import { Pace } from "./pace.ts"
import { hashPassword, isWeaker, verifyPassword } from "./password.ts"
import { openSecret } from "./sealed-secret.ts"
import { acceptedStep } from "./second-factor.ts"
import { hashOf, sessionCookie, sessionMilliseconds } from "./session.ts"
import { findSession } from "./session-sql.ts"
import {
  type Applicant,
  countAttempt,
  ensureNobody,
  findByLogin,
  type KnownApplicant,
  nobody,
  openSession,
  takeBackAttempt,
  useStep,
} from "./sign-in-sql.ts"
import { Strangers } from "./stranger.ts"

export interface SignInDoor {
  /** Connections as hudun_auth. */
  readonly auth: pg.Pool
  /** Whether cookies travel over TLS only. */
  readonly secure: boolean
}

const minute = 60_000
/** One desk, one log-in. */
const pacePerLogin = { tries: 10, milliseconds: minute }
/** A whole office behind one address; each try costs the server a hash. */
const pacePerAddress = { tries: 120, milliseconds: minute }

export function signInRoutes(http: Http, house: House, door: SignInDoor): void {
  const { auth } = door
  const perLogin = new Pace(pacePerLogin)
  const perAddress = new Pace(pacePerAddress)
  const strangers = new Strangers()
  let decoy: Promise<string> | undefined

  http.on(signIn, async ({ body, request, reply }) => {
    const now = house.spine.clock()
    const isPaced = perAddress.admits(request.ip, now) && perLogin.admits(`${request.ip} ${body.login}`, now)
    if (!isPaced) throw new Refusal("request.too_many", { minutes: 1 })
    decoy ??= makeDecoy(auth, now)
    const decoyHash = await decoy
    const known = await findByLogin(auth, body.login, now)
    if (known === undefined) return refuseStranger(house, auth, { strangers, decoyHash, ...body })
    const before = await provePassword(house, auth, {
      applicant: known,
      password: body.password,
      act: "people.sign_in",
    })
    await proveCode(house, auth, { applicant: known, code: body.code, before })
    await act(house.spine, doorHand(known), async (command) =>
      command.trace({ act: "people.sign_in", clause: "4.1" }),
    )
    const token = await beginSession(house, auth, { applicant: known, password: body.password })
    return welcome(house, door, { token, reply })
  })
}

interface Attempt {
  readonly applicant: KnownApplicant
  readonly password: string
  /** What the trace of a failure says was tried. */
  readonly act: string
}

/**
 * Counts the attempt as a failure, then looks at the password; whoever goes on takes the failure back. Returns the lockout
 * before. Throws `sign_in.locked`, `sign_in.wrong`.
 */
export async function provePassword(house: House, auth: pg.Pool, attempt: Attempt): Promise<Lockout> {
  const { applicant, password } = attempt
  const now = house.spine.clock()
  const before = await countAttempt(auth, applicant.staffId, (lockout) =>
    isLocked(lockout, now) ? lockout : afterFailure(lockout, now),
  )
  if (isLocked(before, now)) return refuseLocked(house, attempt, before)
  if (await verifyPassword(password, applicant.passwordHash)) return before
  await traceRefusal(house, applicant, attempt.act)
  throw new Refusal("sign_in.wrong")
}

async function refuseLocked(
  house: House,
  { applicant, act: tried }: { applicant: Applicant; act: string },
  lockout: Lockout,
): Promise<never> {
  await traceRefusal(house, applicant, tried)
  throw new Refusal("sign_in.locked", { minutes: minutesLeft(lockout, house.spine.clock()) })
}

interface Stranger {
  readonly strangers: Strangers
  readonly decoyHash: string
  readonly login: string
  readonly password: string
}

/** Step by step what {@link provePassword} does for a log-in that exists. */
async function refuseStranger(
  house: House,
  auth: pg.Pool,
  { strangers, decoyHash, login, password }: Stranger,
): Promise<never> {
  const now = house.spine.clock()
  const applicant = { ...strangerHand, login, passwordHash: decoyHash, ...noFactor }
  const before = strangers.lockout(login)
  if (!isLocked(before, now)) strangers.fail(login, now)
  await countAttempt(auth, nobody, () => noLockout)
  if (isLocked(before, now)) return refuseLocked(house, { applicant, act: "people.sign_in" }, before)
  await verifyPassword(password, decoyHash)
  await traceRefusal(house, applicant, "people.sign_in")
  throw new Refusal("sign_in.wrong")
}

const noFactor = { secondFactor: null, secondFactorPending: null, lastStep: 0 } as const

interface CodeAttempt {
  readonly applicant: KnownApplicant
  readonly code: string | undefined
  readonly before: Lockout
}

/** Whoever has a second factor shows it. A missing code is no failure, a wrong one is. */
async function proveCode(house: House, auth: pg.Pool, attempt: CodeAttempt): Promise<void> {
  const { applicant, code, before } = attempt
  if (applicant.secondFactor === null) return
  if (code === undefined) {
    await takeBackAttempt(auth, applicant.staffId, before)
    throw new Refusal("session.code_needed")
  }
  const secret = await openSecret(house.keyring, applicant, applicant.secondFactor)
  const now = house.spine.clock()
  const step = acceptedStep(secret, code, { now, lastStep: applicant.lastStep })
  if (step !== undefined && (await useStep(auth, applicant.staffId, step))) return
  await traceRefusal(house, applicant, "people.sign_in")
  throw new Refusal("code.wrong")
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
  { spine }: House,
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
  return meOf(session, now)
}

async function traceRefusal(house: House, applicant: Applicant, tried: string): Promise<void> {
  await act(house.spine, doorHand(applicant), async (command) =>
    command.trace({ act: tried, clause: "4.1", outcome: "refused" }),
  )
}

/** A hash of no password, at today's cost. */
async function makeDecoy(auth: pg.Pool, now: number): Promise<string> {
  const hash = await hashPassword(Buffer.from(random(32)).toString("base64"), random(16))
  await ensureNobody(auth, hash, now)
  return hash
}
