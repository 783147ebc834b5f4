/** One application as its readers see it: masks, history, and what they may do with it now. Clauses 4.2, 4.4. */

import { Refusal } from "../../base/refusal.ts"
import type { Post } from "../../duty/people/post.ts"
import type { House } from "../../house.ts"
import { type Actor, type LookReader, look } from "../../ledger/spine.ts"
import { exposureOfHomes } from "../use/exposure-of.ts"
import { lookRefusal, scopeOf, signRefusal, stateOf } from "./application.ts"
import { historyDays } from "./apply.ts"
import { wholeReader } from "./hand.ts"
import { readOutside } from "./outside.ts"
import { endRefusal, signingOf } from "./sign.ts"
import {
  type ApplicationRow,
  findApplication,
  readApplicantHistory,
  readConcerned,
  readRegister,
} from "./sql.ts"
import { type StandIn, standInOf } from "./stand-in.ts"
import { detailOf, standingOf } from "./views.ts"

const dayMilliseconds = 86_400_000
/** Who reads the map of exposure too. */
const officers: readonly Post[] = ["manager", "privacy_officer", "auditor"]

export async function readDetail(house: House, viewer: Actor, applicationId: string) {
  const standIn = await standInOf(house, viewer)
  const { actor } = standIn
  return look(house.spine, actor, async (reader) => {
    const row = await findApplication(reader, actor.communityId, applicationId)
    if (row === undefined) throw new Refusal("thing.absent")
    const told = await tellOf(house, { actor, reader, row })
    const sign = await signRefusalOf(reader, row, standIn)
    return {
      trace: {
        act: "application.read",
        clause: "4.4",
        purpose: row.purpose,
        useId: applicationId,
        subjects: told.concerned.map((one) => one.subject_ref),
        fields: row.fields,
      },
      answer: detailOf({
        ...told,
        row,
        now: reader.now,
        signRefusal: sign,
        lookRefusal: lookRefusalOf(row, actor, reader.now),
        endRefusal: endRefusal(row, actor, reader.now) ?? null,
      }),
    }
  })
}

interface Reading {
  readonly actor: Actor
  readonly reader: LookReader
  readonly row: ApplicationRow
}

/** By the server's own hand: an archivist signs without a level, and a clerk's level ends before what was asked for. */
async function tellOf(house: House, { actor, reader, row }: Reading) {
  const { communityId } = actor
  const { application_id: applicationId, fields, applicant, persons } = row
  const whole = wholeReader(house, communityId)
  const since = new Date(reader.now - historyDays * dayMilliseconds).toISOString()
  const [concerned, register, history, outside] = await Promise.all([
    readConcerned(whole, communityId, { applicationId, fields }),
    readRegister(whole, communityId, applicationId),
    readApplicantHistory(whole, communityId, { applicant, since, except: applicationId, persons }),
    readOutside(whole, communityId, applicationId),
  ])
  const homeIds = [...new Set(concerned.map((one) => one.home_id))]
  const { own, team } = await exposureOfHomes(house, { communityId, staffId: applicant, homeIds })
  const isOfficer = officers.some((post) => actor.context.posts.split(",").includes(post))
  return { concerned, register, history, outside, exposure: { own, team: isOfficer ? team : null } }
}

async function signRefusalOf(
  reader: LookReader,
  row: ApplicationRow,
  standIn: StandIn,
): Promise<string | null> {
  const late = signRefusal(standingOf(row), reader.now)
  if (late !== undefined) return late
  const signing = await signingOf(reader, row, standIn)
  return "refusal" in signing ? signing.refusal : null
}

/** Of the first thing that is granted: the page asks nothing that would be refused. */
function lookRefusalOf(row: ApplicationRow, { staffId }: Actor, now: number): string | null {
  const standing = standingOf(row)
  const scope = scopeOf(standing)
  const [personId = ""] = scope.persons
  const [field = ""] = scope.fields
  if (stateOf(standing, now) === "pending") return "use.none"
  return lookRefusal(standing, { staffId, personId, field, now }) ?? null
}
