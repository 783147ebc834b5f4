/**
 * `hudun people recover`: the way back for a privacy officer whom nobody else can let in. Whoever asks holds the machine's
 * secret, as for keys and backups. Clauses 4.1, 6.1.
 */

import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { random } from "../../platform/random.ts"
import { localHeader } from "../../vault/local-token.ts"
import { recoverOfficer } from "./contract.ts"
import { newFirstPassword } from "./first-password.ts"
import { operatorHand } from "./hand.ts"
import { resetCredential } from "./login-sql.ts"
import { hashPassword } from "./password.ts"
import { keyNameOf } from "./sealed-secret.ts"
import { findByLogin, heldPosts, type KnownApplicant } from "./sign-in-sql.ts"

/** Everybody else is let in again by an officer, on the page of the people. */
const recovered = "privacy_officer"

export interface RecoveryRoom {
  /** Connections as hudun_auth. */
  readonly auth: pg.Pool
  /** Whether the header of a local command is this start's secret. */
  readonly isLocal: (told: string) => boolean
}

export function recoveryRoutes(http: Http, house: House, { auth, isLocal }: RecoveryRoom): void {
  const { door, spine, keyring } = house

  http.on(recoverOfficer, async ({ body, request }) => {
    const told = request.headers[localHeader]
    if (typeof told !== "string" || !isLocal(told)) throw new Refusal("session.none")
    const officer = await officerOf(auth, body.login, spine.clock())
    const { staffId, tenantId } = officer
    const firstPassword = newFirstPassword(random)
    const passwordHash = await hashPassword(firstPassword, random(16))
    await act(spine, operatorHand(officer), async (command) =>
      command.trace({ act: "people.recover", clause: "4.1" }),
    )
    await resetCredential(auth, { staffId, passwordHash, now: spine.clock() })
    await keyring.destroy([keyNameOf({ tenantId, staffId })])
    door.forget(staffId)
    return { firstPassword }
  })
}

/**
 * Throws `thing.absent` for a log-in that is not there or holds no such post now; `account.suspended`: whoever keeps the
 * machine lets nobody in whom the company has stopped.
 */
async function officerOf(auth: pg.Pool, login: string, now: number): Promise<KnownApplicant> {
  const applicant = await findByLogin(auth, login, now)
  const held = applicant === undefined ? [] : await heldPosts(auth, applicant.staffId, now)
  if (applicant === undefined || !held.includes(recovered)) throw new Refusal("thing.absent")
  if (applicant.suspended) throw new Refusal("account.suspended")
  return applicant
}
