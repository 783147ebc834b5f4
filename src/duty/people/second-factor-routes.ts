/** Enrolling a second factor: a secret is made, scanned, and counts once its first code is shown. Clause 4.1. */

import type { FastifyRequest } from "fastify"
import type pg from "pg"
import { toDataURL } from "qrcode"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { random } from "../../platform/random.ts"
import { beginSecondFactor, confirmSecondFactor, isDone } from "./contract.ts"
import { doorHand } from "./hand.ts"
import { confirmFactor, keepPendingFactor } from "./login-sql.ts"
import { openSecret, sealSecret } from "./sealed-secret.ts"
import { acceptedStep, newSecret, uriOf } from "./second-factor.ts"
import { findByStaff, type KnownApplicant } from "./sign-in-sql.ts"

export function secondFactorRoutes(http: Http, { door, spine, keyring }: House, auth: pg.Pool): void {
  http.on(beginSecondFactor, async ({ request }) => {
    const applicant = await enrolling(request)
    const secret = newSecret(random)
    const sealed = await sealSecret(keyring, applicant, secret)
    await act(spine, doorHand(applicant), async (command) =>
      command.trace({ act: "people.begin_second_factor", clause: "4.1" }),
    )
    await keepPendingFactor(auth, applicant.staffId, sealed)
    const uri = uriOf(secret, applicant.login)
    return { secret, uri, qr: await toDataURL(uri, { errorCorrectionLevel: "M", margin: 2, scale: 6 }) }
  })

  http.on(confirmSecondFactor, async ({ body, request }) => {
    const applicant = await enrolling(request)
    const pending = applicant.secondFactorPending
    if (pending === null) throw new Refusal("code.wrong")
    const secret = await openSecret(keyring, applicant, pending)
    const step = acceptedStep(secret, body.code, { now: spine.clock(), lastStep: 0 })
    if (step === undefined) throw new Refusal("code.wrong")
    await act(spine, doorHand(applicant), async (command) =>
      command.trace({ act: "people.confirm_second_factor", clause: "4.1" }),
    )
    const isConfirmed = await confirmFactor(auth, { staffId: applicant.staffId, step, pending })
    if (!isConfirmed) throw new Refusal("code.wrong")
    door.forget(applicant.staffId)
    return isDone
  })

  /** A first password is changed before anything else: whoever handed it out must not enrol in the person's place. */
  async function enrolling(request: FastifyRequest): Promise<KnownApplicant> {
    const session = await door.session(request)
    if (session.mustChangePassword) throw new Refusal("password.change_first")
    const applicant = await findByStaff(auth, session.staffId, spine.clock())
    if (applicant === undefined) throw new Refusal("session.none")
    // A session left open must not let somebody put their own authenticator in: a reset by who manages people comes first.
    if (applicant.secondFactor !== null) throw new Refusal("code.enrolled")
    return applicant
  }
}
