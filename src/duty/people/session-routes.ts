/** One's own session: who am I, a new password, the end. Clause 4.1. */

import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { random } from "../../platform/random.ts"
import { changePassword, isDone, readSession, signOut } from "./contract.ts"
import { doorHand } from "./hand.ts"
import { changeOwnPassword } from "./login-sql.ts"
import { meOf } from "./me.ts"
import { hashPassword } from "./password.ts"
import { provePassword } from "./password-door.ts"
import { refuseWeakPassword } from "./password-rule.ts"
import { homeOf, sessionCookie } from "./session.ts"
import { endSession, findByStaff } from "./sign-in-sql.ts"

export function sessionRoutes(http: Http, { door, spine, ...house }: House, auth: pg.Pool): void {
  http.on(readSession, async ({ request }) =>
    meOf(house.regime(), await door.session(request), spine.clock()),
  )

  http.on(signOut, async ({ request, reply }) => {
    const session = await door.session(request)
    const hand = doorHand({ ...session, ...homeOf(session, spine.clock()) })
    await act(spine, hand, async (command) => command.trace({ act: "people.sign_out", clause: "4.1" }))
    await endSession(auth, session.tokenHash, spine.clock())
    door.forget(session.staffId)
    void reply.clearCookie(sessionCookie, { path: "/" })
    return isDone
  })

  http.on(changePassword, async ({ body, request }) => {
    const session = await door.session(request)
    refuseWeakPassword(body.next, session.login)
    if (body.next.normalize("NFC") === body.current.normalize("NFC")) throw new Refusal("password.same")
    const applicant = await findByStaff(auth, session.staffId, spine.clock())
    if (applicant === undefined || applicant.suspended) throw new Refusal("session.none")
    const attempt = { applicant, password: body.current, act: "people.change_password" }
    await provePassword({ door, spine, ...house }, auth, attempt)
    const passwordHash = await hashPassword(body.next, random(16))
    await act(spine, doorHand(applicant), async (command) =>
      command.trace({ act: "people.change_password", clause: "4.1" }),
    )
    const changed = { staffId: session.staffId, passwordHash, now: spine.clock() }
    await changeOwnPassword(auth, changed, session.tokenHash)
    door.forget(session.staffId)
    return isDone
  })
}
