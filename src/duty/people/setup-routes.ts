/** First run: whoever holds the set-up code names the company, its first community and its privacy officer. Clause 4.1. */

import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { act, type Command } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { random } from "../../platform/random.ts"
import { addCompany, findCompany, isSameCompany, lockInstallation, type NewCompany } from "./company-sql.ts"
import { readSetup, setUp } from "./contract.ts"
import { readSetupState } from "./directory-sql.ts"
import { codeHolder, setupHand } from "./hand.ts"
import { claimLogin } from "./login-sql.ts"
import { hashPassword } from "./password.ts"
import { refuseWeakPassword } from "./password-rule.ts"
import { matches, type SetupCode } from "./setup-code.ts"
import { addAppointment, addStaff } from "./staff-sql.ts"

export interface FirstRun {
  /** Connections as hudun_auth. */
  readonly auth: pg.Pool
  /** Undefined when a company existed at the start. */
  readonly setup: SetupCode | undefined
}

export function setupRoutes(http: Http, { spine, keyring }: House, { auth, setup }: FirstRun): void {
  http.on(readSetup, async () => {
    const { company, demonstration } = await readSetupState(auth)
    return { needed: !company && demonstration === null, demonstration }
  })

  http.on(setUp, async ({ body }) => {
    if (setup === undefined) throw new Refusal("setup.done")
    if (!matches(setup, body.code)) throw new Refusal("setup.code_wrong")
    const { tenantId, communityId, officerId } = setup
    const { login, name, password } = body.officer
    refuseWeakPassword(password, login)
    const passwordHash = await hashPassword(password, random(16))
    await keyring.ensureTenant(tenantId, "A1")
    const { company, community } = body
    const made = { tenantId, company, communityId, community, demonstration: false }
    await act(spine, setupHand(setup, codeHolder, officerId), async (command) => {
      command.trace({ act: "people.set_up", clause: "4.1" })
      const isNew = await foundCompany(command, made, { staffId: officerId, name })
      if (!isNew) return
      const claim = { login, staffId: officerId, tenantId, passwordHash }
      await claimLogin(auth, { ...claim, mustChange: false, now: command.now })
    })
    return { communityId }
  })
}

/** False when the same request was carried out before: a double click. Throws `setup.done` for any other company. */
async function foundCompany(
  command: Command,
  made: NewCompany,
  officer: { staffId: string; name: string },
): Promise<boolean> {
  await lockInstallation(command)
  if ((await findCompany(command)) !== undefined) {
    if (await isSameCompany(command, made, officer)) return false
    throw new Refusal("setup.done")
  }
  const at = new Date(command.now).toISOString()
  const { staffId } = officer
  const { tenantId } = made
  await addCompany(command, made, at)
  await addStaff(command, { ...officer, tenantId, demonstration: false }, at)
  await addAppointment(command, {
    appointmentId: command.newId(),
    staffId,
    tenantId,
    post: "privacy_officer",
    communityId: null,
    buildingIds: null,
    from: at,
    until: null,
  })
  return true
}
