/** A session: one natural person, signed in. Clause 4.1. */

import { createHash } from "node:crypto"
import type { Appointment } from "./reach.ts"

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
  return createHash("sha256").update(token).digest()
}

export const sessionCookie = "hudun_session"

/** A session ends twelve hours after sign-in: a shift and its overtime. */
export const sessionMilliseconds = 12 * 3_600_000
