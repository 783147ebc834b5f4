/** People of every post who are not let in any more, or not yet, and a community that is gone. Clauses 4.1, 6.3. */

import { appoint, type TestStaff } from "../house.ts"
import { knownHash, knownPassword, signIn } from "../people.ts"
import type { Viewer } from "./relation-place.ts"
import type { Scene } from "./relation-walk.ts"

/** What is done to somebody of a post, by account; a whole community is done away with instead. */
export const standings: Readonly<Record<string, string>> = {
  "post over":
    "update app.appointment set valid_until = valid_from + interval '1 minute' where staff_id = $1",
  "post not begun": "update app.appointment set valid_from = '2099-01-01' where staff_id = $1",
  "community gone": "",
  left: "update app.staff set left_at = now() where staff_id = $1",
  "signed out": "update app.session set ended_at = now() where staff_id = $1",
  "session over": "update app.session set expires_at = created_at + interval '1 minute' where staff_id = $1",
  "locked out": "update app.credential set locked_until = '2099-01-01', failures = 99 where staff_id = $1",
  suspended: `insert into app.staff_suspension (suspension_id, staff_id, tenant_id, reason, by_staff, by_post, at)
    select gen_random_uuid(), staff_id, tenant_id, 'leave', gen_random_uuid(), 'privacy_officer', now()
    from app.staff where staff_id = $1`,
  "owes a password": "update app.credential set must_change = true where staff_id = $1",
}

interface Standing {
  readonly as: TestStaff
  /** Where they ask. */
  readonly communityId: string
}

const known = new Map<string, Promise<Standing>>()

export function standingAs(scene: Scene, viewer: Viewer, how = ""): Promise<Standing> {
  const key = `${viewer} ${how}`
  const made = known.get(key) ?? makeStanding(scene, viewer, how)
  known.set(key, made)
  return made
}

async function makeStanding({ test, admin, town }: Scene, viewer: Viewer, how: string): Promise<Standing> {
  const { tenantId } = town.desk.community
  const { post } = town.cast[viewer]
  const change = standings[how] ?? ""
  if (change !== "") {
    const as = await appoint(test, { community: town.desk.community, post })
    await admin.query(change, [as.staffId])
    if (how === "locked out")
      return { as: await knocking(test, as), communityId: town.desk.community.communityId }
    return { as, communityId: town.desk.community.communityId }
  }
  await admin.query(
    "insert into app.community values ($1, $2, '已撤小区', false, now(), now()) on conflict do nothing",
    [goneCommunity, tenantId],
  )
  const community = { tenantId, communityId: goneCommunity }
  return { as: await appoint(test, { community, post }), communityId: goneCommunity }
}

/** What they hold after they signed in, with the right password: nothing. A session from before goes on; a stranger's guesses throw nobody out. */
async function knocking({ app, database }: Scene["test"], as: TestStaff): Promise<TestStaff> {
  const admin = await database.superuser()
  const { rows } = await admin.query<{ login: string }>(
    "update app.credential c set password_hash = $2 from app.login l where c.staff_id = $1 and l.staff_id = c.staff_id returning l.login",
    [as.staffId, await knownHash()],
  )
  await admin.end()
  const entered = await signIn(app, { login: rows[0]?.login ?? "", password: knownPassword })
  if (entered.body["code"] !== "sign_in.locked") throw new Error(`not locked out: ${entered.text}`)
  return { ...as, cookie: entered.cookie }
}

const goneCommunity = "12"
