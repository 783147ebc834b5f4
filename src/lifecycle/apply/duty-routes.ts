/** The duty roster, and accounts of one person. Clauses 4.1, 4.4. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import type { Http } from "../../platform/http.ts"
import { type SigningPost, signingPosts } from "../catalogue/approval-shape.ts"
import * as contract from "./contract.ts"
import {
  countHere,
  type DutyRow,
  endDuty,
  findHeld,
  linkAccounts,
  listDuties,
  listLinked,
  staffNames,
  writeDuty,
} from "./duty-sql.ts"
import type { Held } from "./signing.ts"
import type { Asked } from "./sql.ts"

const keepsRoster: readonly Post[] = ["manager", "privacy_officer"]
const readsRoster: readonly Post[] = ["supervisor", "archivist", "manager", "privacy_officer", "auditor"]
const linksAccounts: readonly Post[] = ["privacy_officer", "system_admin"]
const done = { done: true } as const

export function dutyRoutes(http: Http, house: House): void {
  const { spine, door, caps } = house

  http.on(contract.listDuties, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, [...readsRoster, ...linksAccounts])
    const asked: Asked = { query: (text, values) => spine.database.read(actor.context, text, values ?? []) }
    return rosterOf(asked, params.communityId, spine.clock())
  })

  http.on(contract.setDuty, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, keepsRoster)
    await act(spine, actor, async (command) => {
      await refuseStrangers(command, actor, body)
      const at = new Date(command.now).toISOString()
      await writeDuty(command, params.communityId, { ...body, madeBy: actor.staffId, at })
      command.trace({ act: "duty.set", clause: "4.4" })
    })
    return done
  })

  http.on(contract.endDuty, async ({ params, request }) => {
    const actor = await door.actor(request, params.communityId, keepsRoster)
    await act(spine, actor, async (command) => {
      const at = new Date(command.now).toISOString()
      const ending = { dutyId: params.dutyId, by: actor.staffId, at }
      if (!(await endDuty(command, params.communityId, ending))) throw new Refusal("thing.absent")
      command.trace({ act: "duty.end", clause: "4.4" })
    })
    return done
  })

  http.on(contract.linkAccounts, async ({ params, body, request }) => {
    const actor = await door.actor(request, params.communityId, linksAccounts)
    const { staffId, sameAs } = body
    if (staffId === sameAs) throw new Refusal("request.malformed", { field: "sameAs" })
    await act(spine, actor, async (command) => {
      const here = await countHere(command, params.communityId, [staffId, sameAs])
      if (here < 2) throw new Refusal("thing.absent")
      const at = new Date(command.now).toISOString()
      await linkAccounts(command, { ...body, by: actor.staffId, at })
      command.trace({ act: "people.link", clause: "4.4" })
    })
    await caps.merge([staffId, sameAs])
    return done
  })
}

/** Whom one stands in for holds the post, the deputy one that signs; it begins before it ends, and has not ended yet. */
async function refuseStrangers(
  command: Command,
  { communityId }: Actor,
  duty: { post: string; forStaff: string; deputy: string; from: string; until: string },
): Promise<void> {
  const [from, until] = [Date.parse(duty.from), Date.parse(duty.until)]
  if (until <= Math.max(from, command.now)) throw new Refusal("request.malformed", { field: "until" })
  const staffIds = [duty.forStaff, duty.deputy]
  const held = await findHeld(command, communityId, { staffIds, at: new Date(command.now).toISOString() })
  const isHolder = held.some((one) => one.staffId === duty.forStaff && one.post === duty.post)
  const isSigner = held.some((one) => one.staffId === duty.deputy && canSign(one))
  if (duty.forStaff === duty.deputy || !isHolder || !isSigner) throw new Refusal("duty.not_a_signer")
}

/** Whoever is suspended is stood in for, and stands in for nobody. */
function canSign(held: Held): boolean {
  return signingPostOf(held) !== undefined && !held.isSuspended
}

function signingPostOf({ post }: Held): SigningPost | undefined {
  return signingPosts.find((one) => one === post)
}

async function rosterOf(asked: Asked, communityId: string, now: number) {
  const at = new Date(now).toISOString()
  const duties = await listDuties(asked, communityId)
  const held = await findHeld(asked, communityId, { staffIds: null, at })
  const byStaff = Map.groupBy(
    held.filter((one) => signingPostOf(one) !== undefined),
    (one) => one.staffId,
  )
  const names = await staffNames(asked, [...byStaff.keys()])
  const linked = Map.groupBy(await listLinked(asked, communityId), (row) => row.person_id)
  return {
    duties: duties.map((row) => dutyOf(row, now)),
    signers: [...byStaff].map(([staffId, posts]) => ({
      staffId,
      name: names.get(staffId) ?? "",
      posts: signingPosts.filter((post) => posts.some((one) => one.post === post)),
    })),
    samePersons: [...linked.values()].map((rows) =>
      rows.map((row) => ({ staffId: row.staff_id, name: row.name })),
    ),
  }
}

function dutyOf(row: DutyRow, now: number): contract.Duty {
  const until = row.ended_at ?? row.valid_until
  const isOver = until.getTime() <= now
  return {
    dutyId: row.duty_id,
    post: row.post,
    forStaff: { staffId: row.for_staff, name: row.for_name },
    deputy: { staffId: row.deputy, name: row.deputy_name },
    from: row.valid_from.toISOString(),
    until: until.toISOString(),
    madeBy: row.made_name,
    state: isOver ? "over" : row.valid_from.getTime() > now ? "coming" : "running",
  }
}
