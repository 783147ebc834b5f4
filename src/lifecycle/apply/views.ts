/** Rows of applications as values of the rules, and as the wire shows them. */

import type { z } from "zod"
import { type Post, posts } from "../../duty/people/post.ts"
import { grantEnd, type Standing, scopeOf, stateOf } from "./application.ts"
import { type ApplicationDetail, type applicationSummary, endReasons, refusalReasons } from "./contract.ts"
import { nextStep } from "./decision.ts"
import { riskHints } from "./hints.ts"
import type { Outside } from "./outside.ts"
import type { ApplicationRow, ConcernedRow, HistoryRow, RegisterRow } from "./sql.ts"

export function standingOf(row: ApplicationRow): Standing {
  return {
    posts: row.posts,
    applicant: row.applicant,
    fields: row.fields,
    persons: row.persons,
    hours: row.hours,
    windowHours: row.window_hours,
    expiresAt: row.expires_at.getTime(),
    signed: row.signed,
    form: row.form,
    begunUntil: row.begun_until?.getTime() ?? null,
    isEnded: row.ended_at !== null,
    isOrderClosed: row.is_order_closed,
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

export function summaryOf(row: ApplicationRow, now: number): z.input<typeof applicationSummary> {
  const standing = standingOf(row)
  const state = stateOf(standing, now)
  return {
    applicationId: row.application_id,
    number: row.number,
    purpose: row.purpose,
    form: row.form,
    fields: row.fields,
    homes: row.homes,
    orderId: row.order_id,
    orderNumber: row.order_number,
    requestNumber: row.request_number,
    older: row.is_older,
    single: row.is_single,
    hours: row.hours,
    state,
    posts: row.posts,
    nextPost: state === "pending" ? (nextStep(row.posts, row.signed.length) ?? null) : null,
    refusedBy: row.refused_by,
    expiresAt: row.expires_at.toISOString(),
    applied: { by: who(row.applicant, row.applicant_name, row.applicant_post), at: row.at.toISOString() },
    signed: row.signed.map((one) => ({
      step: one.step,
      post: one.post,
      verdict: one.verdict,
      reason: one.reason === null ? null : known(refusalReasons, one.reason),
      by: who(one.signed_by, one.signed_name, one.signed_post),
      insteadOf: one.instead_name,
      at: new Date(one.at).toISOString(),
      fields: [...one.fields],
      persons: one.persons.length,
      hours: one.hours,
    })),
    ended: endOf(row),
  }
}

function endOf(row: ApplicationRow) {
  if (row.ended_at === null || row.end_reason === null) return null
  const { ended_by: by, ended_name: name, ended_post: post } = row
  return {
    by: by === null || name === null || post === null ? null : who(by, name, post),
    at: row.ended_at.toISOString(),
    reason: known(endReasons, row.end_reason),
    looks: row.looks ?? 0,
  }
}

export interface DetailParts {
  readonly row: ApplicationRow
  readonly now: number
  readonly concerned: readonly ConcernedRow[]
  readonly outside: Outside | null
  readonly register: readonly RegisterRow[]
  readonly history: HistoryRow
  readonly exposure: ApplicationDetail["exposure"]
  readonly signRefusal: string | null
  readonly lookRefusal: string | null
  readonly endRefusal: string | null
}

export function detailOf(parts: DetailParts): z.input<z.ZodType<ApplicationDetail, ApplicationDetail>> {
  const { row, now, history, signRefusal, lookRefusal, endRefusal } = parts
  const standing = standingOf(row)
  const scope = scopeOf(standing)
  return {
    ...summaryOf(row, now),
    regimeVersion: row.regime_version,
    outside: parts.outside,
    follows: row.follows,
    ageDays: row.age_days,
    hints: row.hints.map((hint) => known(riskHints, hint)),
    exposure: parts.exposure,
    persons: parts.concerned.map((one) => ({
      personId: one.person_id,
      homeId: one.home_id,
      place: one.place,
      masks: one.masks,
      isLeft: scope.persons.includes(one.person_id),
    })),
    grant: grantOf(standing, row, now),
    registered: parts.register.map((one) => ({
      traceId: one.trace_id,
      by: who(one.actor, one.actor_name, one.post),
      at: one.at.toISOString(),
      fields: one.fields,
    })),
    history: {
      applied: history.applied,
      approved: history.approved,
      refused: history.refused,
      looks: history.looks,
    },
    signRefusal,
    lookRefusal,
    endRefusal,
  }
}

function grantOf(standing: Standing, row: ApplicationRow, now: number): ApplicationDetail["grant"] {
  if (stateOf(standing, now) !== "granted") return null
  const { fields, hours } = scopeOf(standing)
  return {
    fields: [...fields],
    hours,
    begunAt: row.begun_at?.toISOString() ?? null,
    until: new Date(grantEnd(standing)).toISOString(),
  }
}
