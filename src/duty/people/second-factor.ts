/** One-time codes: TOTP, RFC 6238, as authenticator apps make them: SHA-1, six digits, 30 seconds. Clause 4.1. */

import { Secret, TOTP } from "otpauth"

const periodSeconds = 30
/** RFC 4226 §4, R6: 160 bits. */
const secretBytes = 20
/** Clocks of phones drift: one step to either side (RFC 6238 §5.2). */
const drift = 1

/** A new secret in base32. */
export function newSecret(random: (bytes: number) => Uint8Array): string {
  return new Secret({ buffer: new Uint8Array(random(secretBytes)).buffer }).base32
}

/** What an authenticator app scans. */
export function uriOf(secret: string, login: string): string {
  return codesOf(secret, login).toString()
}

/**
 * The time step the code stands for, or undefined: a wrong code, or one of a step already used (RFC 6238 §5.2). The
 * caller records the step as used.
 */
export function acceptedStep(
  secret: string,
  code: string,
  { now, lastStep }: { now: number; lastStep: number },
): number | undefined {
  const delta = codesOf(secret).validate({ token: code, timestamp: now, window: drift })
  if (delta === null) return undefined
  const step = Math.floor(now / 1000 / periodSeconds) + delta
  return step > lastStep ? step : undefined
}

function codesOf(secret: string, label = ""): TOTP {
  return new TOTP({
    issuer: "Hudun",
    label,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: periodSeconds,
  })
}
