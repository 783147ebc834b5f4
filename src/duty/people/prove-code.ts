/** Proving a one-time code, behind the password. Clause 4.1. */

import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import type { Lockout } from "./lockout.ts"
import { openSecret } from "./sealed-secret.ts"
import { acceptedStep } from "./second-factor.ts"
import { type KnownApplicant, takeBackAttempt, useStep } from "./sign-in-sql.ts"
import { traceRefusal } from "./trace-refusal.ts"

export interface CodeAttempt {
  readonly applicant: KnownApplicant
  /** The lockout before the password was proven. */
  readonly before: Lockout
  readonly code: string | undefined
  /** What the trace of a failure says. */
  readonly act: string
}

/**
 * Whoever has a second factor shows it; only then are they told that they are suspended. A missing code is no failure, nor is
 * one that a sealed server cannot check; a wrong one is.
 */
export async function proveCode(house: House, auth: pg.Pool, attempt: CodeAttempt): Promise<void> {
  await checkCode(house, auth, attempt)
  if (attempt.applicant.suspended) await refuseSuspended(house, auth, attempt)
}

/** Who has proven themselves and may not come in all the same: no failure, for nothing was guessed. Clause 6.3. */
export async function refuseSuspended(
  house: House,
  auth: pg.Pool,
  { applicant, before, act }: Omit<CodeAttempt, "code">,
): Promise<never> {
  await takeBackAttempt(auth, applicant.staffId, before)
  await traceRefusal(house, applicant, act)
  throw new Refusal("account.suspended")
}

async function checkCode(house: House, auth: pg.Pool, attempt: CodeAttempt): Promise<void> {
  const { applicant, code, before } = attempt
  if (applicant.secondFactor === null) return
  const { state } = house.vault.seal
  if (code === undefined || state.sealed) {
    await takeBackAttempt(auth, applicant.staffId, before)
    if (state.sealed) throw new Refusal("server.sealed", { reason: state.reason })
    throw new Refusal("session.code_needed")
  }
  const secret = await openSecret(house.keyring, applicant, applicant.secondFactor)
  const now = house.spine.clock()
  const step = acceptedStep(secret, code, { now, lastStep: applicant.lastStep })
  if (step !== undefined && (await useStep(auth, applicant.staffId, step))) return
  await traceRefusal(house, applicant, attempt.act)
  throw new Refusal("code.wrong")
}
