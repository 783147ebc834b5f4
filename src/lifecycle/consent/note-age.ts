/**
 * Children: noted when an identity number is sealed that says so, or by the desk; and no longer when their month has come. The
 * month is kept instead of the day, for as long as it is needed. Clause 2.10.
 */

import { Refusal } from "../../base/refusal.ts"
import type { House } from "../../house.ts"
import { type Actor, act, type Command } from "../../ledger/spine.ts"
import { type Age, agesOf, endsAfter } from "./age.ts"
import { dropAges, endMinors, findGrown, moveAges, writeAges, writeMinor } from "./age-sql.ts"
import { lockPerson, type PersonRow } from "./sql.ts"
import { communitiesOf, walkerHand } from "./walk-run.ts"

export interface Sealed {
  readonly personId: string
  readonly isNew: boolean
  /** Identity numbers that were taken in with them now. */
  readonly numbers: readonly string[]
}

/** Inside the command that seals them: worked out once, while the numbers are at hand anyway. */
export async function noteAges(
  command: Command,
  { communityId, staffId, post }: Actor,
  { sealed, purpose }: { sealed: readonly Sealed[]; purpose: string },
): Promise<void> {
  const today = houseDay(command.now)
  const ages = sealed.flatMap(({ personId, numbers }) =>
    agesOf(numbers, today).map((one) => ({ personId, ...one })),
  )
  const known = sealed.filter(({ isNew }) => !isNew).map(({ personId }) => personId)
  if (known.length > 0) await moveAges(command, communityId, known)
  if (ages.length === 0) return
  const at = new Date(command.now).toISOString()
  const subjects = await writeAges(command, communityId, { ages, staffId, post, at })
  if (subjects.length > 0) command.trace({ act: "consent.flag_minor", clause: "2.10", purpose, subjects })
}

/**
 * By the desk. `turns14`: the month in which they turn 14, when it is known; one that has come ends the note, which takes whoever
 * supervises. Returns whether they are one now. Throws `thing.absent`, `post.not_allowed`.
 */
export async function noteMinor(
  house: House,
  actor: Actor,
  { personId, turns14 }: { personId: string; turns14: string | undefined },
): Promise<boolean> {
  const { communityId } = actor
  return act(house.spine, actor, async (command) => {
    const person = await lockPerson(command, communityId, personId)
    if (person === undefined) throw new Refusal("thing.absent")
    const ends = turns14 === undefined ? undefined : endsAfter(turns14)
    const isOver = ends !== undefined && ends <= houseDay(command.now)
    if (isOver) await end(command, actor, { personId, person })
    else await note(command, actor, { personId, ends })
    const what = isOver ? "consent.end_minor" : "consent.flag_minor"
    command.trace({ act: what, clause: "2.10", subjects: [person.subject_ref] })
    return !isOver
  })
}

async function note(
  command: Command,
  { communityId, staffId, post }: Actor,
  { personId, ends }: { personId: string; ends: string | undefined },
): Promise<void> {
  const at = new Date(command.now).toISOString()
  await writeMinor(command, communityId, { personId, staffId, post, at })
  if (ends === undefined) return
  await writeAges(command, communityId, { ages: [{ personId, under: 14, ends }], staffId, post, at })
}

async function end(
  command: Command,
  { communityId, staffId, post, context }: Actor,
  { personId, person }: { personId: string; person: PersonRow },
): Promise<void> {
  const posts = context.posts.split(",")
  if (!posts.includes("supervisor") && !posts.includes("manager")) throw new Refusal("post.not_allowed")
  if (!person.is_minor) return
  const at = new Date(command.now).toISOString()
  await endMinors(command, communityId, { personIds: [personId], reason: "said_so", staffId, post, at })
  await dropAges(command, communityId, { personIds: [personId], under: 14 })
}

/**
 * Nobody stays a child for ever: a job takes the notes back once their month has come, so that whoever asks whether somebody is
 * one asks for a row and knows no date. While it does not run they stay closed. Returns how many persons it was.
 */
export async function letGrow(house: House, goesOn: () => boolean): Promise<number> {
  let grown = 0
  for (const { community_id: communityId, tenant_id: tenantId } of await communitiesOf(house)) {
    const actor = walkerHand({ communityId, tenantId })
    const query = <Row extends object>(text: string, values: readonly unknown[] = []) =>
      house.spine.database.read<Row>(actor.context, text, values)
    for (const under of [14, 18] as const) {
      if (!goesOn()) return grown
      const rows = await findGrown({ query }, communityId, { today: houseDay(house.spine.clock()), under })
      if (rows.length > 0) grown += await letGo(house, actor, { under, personIds: rows })
    }
  }
  return grown
}

/** Another process that was faster leaves nothing to be done, and nothing to be traced. */
async function letGo(
  { spine }: House,
  actor: Actor,
  { under, personIds }: { under: Age; personIds: readonly string[] },
): Promise<number> {
  const { communityId, staffId, post } = actor
  return act(spine, actor, async (command) => {
    const at = new Date(command.now).toISOString()
    const gone = await dropAges(command, communityId, { personIds, under })
    if (gone.length === 0) throw new Refusal("thing.absent")
    if (under === 14)
      await endMinors(command, communityId, {
        personIds: gone.map((row) => row.person_id),
        reason: "turned_14",
        staffId,
        post,
        at,
      })
    const subjects = gone.map((row) => row.subject_ref)
    command.trace({ act: `consent.turned_${under}`, clause: "2.10", subjects })
    return gone.length
  }).catch((error: unknown) => {
    if (error instanceof Refusal) return 0
    throw error
  })
}

/** The day in the house's zone. */
function houseDay(at: number): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(at)
}
