/**
 * Proving a password. Whether a log-in exists is never told: an unknown one is counted, hashed, locked and traced like any
 * other. A failure is counted before the password is looked at. Clause 4.1.
 */

import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import type { Actor } from "../../ledger/spine.ts"
import { random } from "../../platform/random.ts"
import { doorHand, strangerHand } from "./hand.ts"
import { Lane } from "./lane.ts"
import { afterFailure, isLocked, type Lockout, minutesLeft, noLockout } from "./lockout.ts"
import { Pace } from "./pace.ts"
import { hashPassword, verifyPassword } from "./password.ts"
import type { Post } from "./post.ts"
import { proveCode, refuseSuspended } from "./prove-code.ts"
import {
  type Applicant,
  countAttempt,
  ensureNobody,
  findByLogin,
  findByStaff,
  heldPosts,
  type KnownApplicant,
  nobody,
  takeBackAttempt,
} from "./sign-in-sql.ts"
import { Strangers } from "./stranger.ts"
import { traceRefusal } from "./trace-refusal.ts"

const minute = 60_000
/** One desk, one log-in. */
const pacePerLogin = { tries: 10, milliseconds: minute }
/** A whole office behind one address; each try costs the server a hash. */
const pacePerAddress = { tries: 120, milliseconds: minute }
/** From all addresses together, at one moment: fewer than wait for a hash at most. */
const proofsAtOnce = { running: 32, waiting: 0 }

export interface Credentials {
  readonly login: string
  readonly password: string
}

/** What was tried: where from, and what the trace of a failure says. */
export interface Tried {
  readonly ip: string
  readonly act: string
}

export interface Proven {
  readonly applicant: KnownApplicant
  /** The lockout before: given back when the attempt was no failure after all. */
  readonly before: Lockout
}

/** One for the whole server: whoever is slowed down at one entrance is at the others too. */
export class PasswordDoor {
  readonly #house: House
  readonly #auth: pg.Pool
  readonly #perLogin = new Pace(pacePerLogin)
  readonly #perAddress = new Pace(pacePerAddress)
  readonly #strangers = new Strangers()
  readonly #proofs = new Lane(proofsAtOnce)
  #decoy: Promise<string> | undefined

  /** `auth`: connections as hudun_auth. */
  constructor(house: House, auth: pg.Pool) {
    this.#house = house
    this.#auth = auth
  }

  /**
   * Throws `request.too_many`, `sign_in.locked`, `sign_in.wrong`; `server.busy` before anything is counted, so that a flood
   * locks nobody out.
   */
  async prove(credentials: Credentials, tried: Tried): Promise<Proven> {
    const now = this.#house.spine.clock()
    const isPaced =
      this.#perAddress.admits(tried.ip, now) && this.#perLogin.admits(`${tried.ip} ${credentials.login}`, now)
    if (!isPaced) throw new Refusal("request.too_many", { minutes: 1 })
    return this.#proofs.run(() => this.#proveInTurn(credentials, tried))
  }

  /** Made once; where that failed, whoever comes next tries again. */
  #decoyHash(now: number): Promise<string> {
    this.#decoy ??= makeDecoy(this.#auth, now).catch((error: unknown) => {
      this.#decoy = undefined
      throw error
    })
    return this.#decoy
  }

  async #proveInTurn({ login, password }: Credentials, tried: Tried): Promise<Proven> {
    const now = this.#house.spine.clock()
    const decoyHash = await this.#decoyHash(now)
    const applicant = await findByLogin(this.#auth, login, now)
    if (applicant === undefined) return this.#refuseStranger({ login, password, decoyHash }, tried)
    const attempt = { applicant, password, act: tried.act }
    return { applicant, before: await provePassword(this.#house, this.#auth, attempt) }
  }

  /**
   * Somebody who may do one thing by password while the server cannot ask for their code: one of `posts`, by a password of
   * their own choice. Throws as {@link PasswordDoor.prove}, `account.suspended`, `password.change_first`,
   * `post.not_allowed`.
   */
  async holder(credentials: Credentials, posts: readonly Post[], tried: Tried): Promise<Actor> {
    const proven = await this.prove(credentials, tried)
    const { applicant } = proven
    if (applicant.suspended) return refuseSuspended(this.#house, this.#auth, { ...proven, act: tried.act })
    // No session follows that would lift the lockout: the attempt was no failure.
    await takeBackAttempt(this.#auth, applicant.staffId, proven.before)
    if (applicant.mustChange) throw new Refusal("password.change_first")
    const held = await heldPosts(this.#auth, applicant.staffId, this.#house.spine.clock())
    const post = posts.find((one) => held.includes(one))
    if (post === undefined) throw new Refusal("post.not_allowed")
    return doorHand({ ...applicant, post })
  }

  /**
   * Whoever is signed in proves themselves again, by password and, where one is enrolled, by code: a screen left open is not
   * the person. Throws as {@link PasswordDoor.prove}, `session.code_needed`, `code.wrong`.
   */
  async again(
    staffId: string,
    { password, code }: { readonly password: string; readonly code: string | undefined },
    ip: string,
  ): Promise<void> {
    const known = await findByStaff(this.#auth, staffId, this.#house.spine.clock())
    if (known === undefined) throw new Refusal("session.none")
    const act = "people.prove_again"
    const proven = await this.prove({ login: known.login, password }, { ip, act })
    await proveCode(this.#house, this.#auth, { ...proven, code, act })
    // No session follows that would lift the lockout: the attempt was no failure.
    await takeBackAttempt(this.#auth, staffId, proven.before)
  }

  /** Step by step what {@link provePassword} does for a log-in that exists. */
  async #refuseStranger(
    { login, password, decoyHash }: Credentials & { decoyHash: string },
    tried: Tried,
  ): Promise<never> {
    const now = this.#house.spine.clock()
    const applicant = { ...strangerHand, login, passwordHash: decoyHash, ...noFactor }
    const before = this.#strangers.lockout(login)
    if (!isLocked(before, now)) this.#strangers.fail(login, now)
    await countAttempt(this.#auth, nobody, () => noLockout)
    if (isLocked(before, now)) return refuseLocked(this.#house, { applicant, act: tried.act }, before)
    await verifyPassword(password, decoyHash)
    await traceRefusal(this.#house, applicant, tried.act)
    throw new Refusal("sign_in.wrong")
  }
}

const noFactor = {
  secondFactor: null,
  secondFactorPending: null,
  lastStep: 0,
  mustChange: false,
  suspended: false,
} as const

interface Attempt {
  readonly applicant: KnownApplicant
  readonly password: string
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

/** A hash of no password, at today's cost. */
async function makeDecoy(auth: pg.Pool, now: number): Promise<string> {
  const hash = await hashPassword(Buffer.from(random(32)).toString("base64"), random(16))
  await ensureNobody(auth, hash, now)
  return hash
}
