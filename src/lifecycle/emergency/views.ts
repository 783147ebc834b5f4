/** Rows of emergencies as values of the rules, and as the wire shows them. */

import type { z } from "zod"
import { type Post, posts } from "../../duty/people/post.ts"
import type { Registered } from "../apply/known.ts"
import {
  type EmergencyDetail,
  type emergencySummary,
  emergencyVerdicts,
  endReasons,
  justifiedReasons,
  notJustifiedReasons,
  tellingWays,
} from "./contract.ts"
import { isRunning, type Standing, stateOf } from "./emergency.ts"
import type { EmergencyRow, PersonRow, ReviewerRow } from "./sql.ts"

export function standingOf(row: EmergencyRow): Standing {
  return {
    applicant: row.applicant,
    fields: row.fields,
    persons: row.persons,
    until: row.until.getTime(),
    reviewBy: row.review_by.getTime(),
    isEnded: row.ended_at !== null || row.left_at !== null,
    isArchived: row.archived_at !== null,
    reviewers: row.reviews.map((one) => one.signed_by),
  }
}

function who(staffId: string, name: string, post: string): { staffId: string; name: string; post: Post } {
  return { staffId, name, post: known(posts, post) }
}

/** A code that the database keeps to its list. */
function known<Code extends string>(codes: readonly Code[], word: string): Code {
  const code = codes.find((one) => one === word)
  if (code === undefined) throw new Error("a code that does not exist")
  return code
}

export interface Seen {
  readonly now: number
  readonly reviewers: readonly ReviewerRow[]
  readonly personOf: (staffId: string) => string
}

export function summaryOf(row: EmergencyRow, seen: Seen): z.input<typeof emergencySummary> {
  return {
    emergencyId: row.emergency_id,
    number: row.number,
    reason: row.reason,
    words: row.words,
    fields: row.fields,
    homeId: row.home_id,
    place: row.place,
    rule: row.rule,
    state: stateOf(standingOf(row), seen.now),
    broken: { by: who(row.applicant, row.applicant_name, row.applicant_post), at: row.at.toISOString() },
    until: row.until.toISOString(),
    reviewBy: row.review_by.toISOString(),
    ended: endOf(row, seen.now),
    reviews: row.reviews.map((one) => ({
      by: who(one.signed_by, one.signed_name, one.signed_post),
      at: new Date(one.at).toISOString(),
      verdict: known(emergencyVerdicts, one.verdict),
      why: known([...justifiedReasons, ...notJustifiedReasons], one.why),
    })),
    archived: archivedOf(row),
    tellBy: row.tell_by.toISOString(),
    isTellingLate: row.told_at === null && seen.now >= row.tell_by.getTime(),
    told: toldOf(row),
    awaited: row.archived_at === null ? awaitedOf(row, seen) : [],
  }
}

/** What came first: a person's doing, their leaving, the end of the time. */
function endOf(row: EmergencyRow, now: number) {
  if (isRunning(standingOf(row), now)) return null
  const { ended_by: by, ended_name: name, ended_post: post, ended_at: at } = row
  if (by !== null && name !== null && post !== null && at !== null && row.end_reason !== null)
    return { by: who(by, name, post), at: at.toISOString(), reason: known(endReasons, row.end_reason) }
  if (row.left_at !== null && row.left_at < row.until)
    return { by: null, at: row.left_at.toISOString(), reason: "left" as const }
  return { by: null, at: row.until.toISOString(), reason: "time" as const }
}

function archivedOf(row: EmergencyRow) {
  const { archived_by: by, archived_name: name, archived_post: post, archived_at: at, looks } = row
  if (by === null || name === null || post === null || at === null || looks === null) return null
  return { by: who(by, name, post), at: at.toISOString(), looks }
}

function toldOf(row: EmergencyRow) {
  const { told_by: by, told_name: name, told_post: post, told_at: toldAt, told_recorded_at: at, how } = row
  if (by === null || name === null || post === null || toldAt === null || at === null || how === null)
    return null
  return {
    by: who(by, name, post),
    at: at.toISOString(),
    toldAt: toldAt.toISOString(),
    how: known(tellingWays, how),
  }
}

/** Whose review it waits for: overdue is overdue by somebody. */
function awaitedOf(row: EmergencyRow, { reviewers, personOf }: Seen): string[] {
  const out = new Set([row.applicant, ...row.reviews.map((one) => one.signed_by)].map(personOf))
  const due = reviewers.filter(
    (one) =>
      !out.has(personOf(one.staff_id)) &&
      (one.post === "privacy_officer" ||
        one.building_ids === null ||
        one.building_ids.includes(row.building_id)),
  )
  return [...new Map(due.map((one) => [personOf(one.staff_id), one.name])).values()]
}

export interface DetailParts extends Seen {
  readonly row: EmergencyRow
  readonly concerned: readonly PersonRow[]
  readonly register: readonly Registered[]
  readonly refusals: Pick<EmergencyDetail, "lookRefusal" | "endRefusal" | "reviewRefusal" | "tellRefusal">
}

export function detailOf({ row, concerned, register, refusals, ...seen }: DetailParts) {
  return {
    ...summaryOf(row, seen),
    ...refusals,
    regimeVersion: row.regime_version,
    persons: concerned.map((one) => ({ personId: one.person_id, masks: one.masks })),
    registered: register.map((one) => ({
      traceId: one.trace_id,
      by: who(one.actor, one.actor_name, one.post),
      at: one.at.toISOString(),
      fields: one.fields,
    })),
  }
}
