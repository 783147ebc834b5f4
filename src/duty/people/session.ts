/** A session: one natural person, signed in. Clause 4.1. */

import { hash } from "node:crypto"
import { needsSecondFactor } from "../../lifecycle/catalogue/regime.ts"
import type { Regime } from "../../lifecycle/catalogue/regime-shape.ts"
import { type Appointment, isHeld } from "./reach.ts"

export interface CommunityName {
  readonly communityId: string
  readonly name: string
  readonly demonstration: boolean
}

export interface Session {
  readonly tokenHash: Buffer
  readonly staffId: string
  readonly name: string
  readonly login: string
  readonly tenantId: string
  readonly company: string
  readonly demonstration: boolean
  readonly mustChangePassword: boolean
  readonly hasSecondFactor: boolean
  readonly appointments: readonly Appointment[]
  /** The communities of the tenant, by name. */
  readonly communities: readonly CommunityName[]
}

/** The token is 32 random bytes in base64url; the server keeps only this hash of it. */
export function hashOf(token: string): Buffer {
  return hash("sha256", token, "buffer")
}

export const sessionCookie = "hudun_session"

/** A session ends twelve hours after sign-in: a shift and its overtime. */
export const sessionMilliseconds = 12 * 3_600_000

/** A powerful post without a second factor may do nothing but enrol one. The demonstration's people have no phones. */
export function mustEnrol(regime: Regime, session: Session, now: number): boolean {
  if (session.demonstration || session.hasSecondFactor) return false
  return session.appointments.some((one) => isHeld(one, now) && needsSecondFactor(regime, one.post))
}

/** Where and as what a person acts who acts in no community in particular, such as when signing out. */
export function homeOf(session: Session, now: number): { communityId: string; post: string } {
  const held = session.appointments.find((one) => isHeld(one, now))
  const [first] = session.communities
  return {
    communityId: held?.communityId ?? first?.communityId ?? "0",
    post: held?.post ?? "none",
  }
}
