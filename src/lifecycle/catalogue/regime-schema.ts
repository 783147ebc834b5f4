/** The shape of a stored regime. One of an older shape still parses: what it did not know has a value here. Clause 1.6. */

import { z } from "zod"
import { posts } from "../../duty/people/post.ts"
import { applyingPosts, grantForms, signingPosts } from "./approval-shape.ts"
import { longestMinutes, longestReviewHours } from "./emergency-shape.ts"
import { fieldClasses, fieldCodes } from "./field.ts"
import { purposePattern, type Regime } from "./regime-shape.ts"
import { watchCodes } from "./watch-shape.ts"

const words = z.object({ "zh-CN": z.string(), en: z.string() })
const post = z.enum(posts)
const purposeCode = z.string().regex(purposePattern)

const field = z.object({
  code: z.string(),
  label: words,
  class: z.enum(fieldClasses),
  sensitivity: z.enum(["general", "sensitive", "special"]),
  mask: z.enum([
    "name",
    "phone",
    "home",
    "id_number",
    "passport",
    "bank_card",
    "plate",
    "email",
    "chat_id",
    "year",
    "moment",
    "hidden",
  ]),
  retention: z.string(),
  law: z.array(z.string()),
  maskAtRest: z.enum(["plain", "sealed"]),
})

const purposeShape = z.object({
  code: purposeCode,
  label: words,
  service: words,
  basis: z.string(),
  isShared: z.boolean().default(false),
  isPublished: z.boolean().default(false),
})

const cellShape = z.object({
  rule: z.enum(["required", "optional", "forbidden"]),
  note: words.optional(),
  ground: z.string().optional(),
})

const matrixShape = z.record(purposeCode, z.partialRecord(z.enum(fieldCodes), cellShape))

const retention = z.object({
  code: z.string(),
  label: words,
  trigger: z.enum([
    "residence_end",
    "order_closed",
    "event",
    "service_done",
    "consent_end",
    "staff_left",
    "record_made",
    "never_collected",
  ]),
  days: z.number().nullable(),
  frozenDays: z.number(),
  atEnd: z.enum(["destroy", "pseudonymise", "keep"]),
})

const standingRule = z.object({
  code: z.string(),
  orderKind: z.enum(["repair", "complaint", "parking"]),
  purpose: purposeCode,
  fields: z.array(z.enum(fieldCodes)),
  form: z.literal("see"),
  lookSeconds: z.number(),
  relations: z.array(z.enum(["handler", "supervisor", "assignee"])),
  windowDays: z.number(),
  onClose: z.literal("end_grants_and_archive"),
})

const postRule = z.object({
  post,
  level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  classes: z.array(z.enum(fieldClasses)),
  secondFactor: z.boolean(),
})

const count = z.number().int().min(0)

const approvalRule = z.object({
  code: z.string(),
  purposes: z.array(purposeCode).optional(),
  forms: z.array(z.enum(grantForms)).optional(),
  applicants: z.array(z.enum(applyingPosts)).optional(),
  classes: z.array(z.enum(fieldClasses)).optional(),
  fields: z.array(z.enum(fieldCodes)).optional(),
  homesFrom: count.optional(),
  olderThanDays: count.optional(),
  hours: z.tuple([count.max(23), count.max(24)]).optional(),
  refusalsFrom: count.optional(),
  needs: z.union([z.array(z.enum(signingPosts)).min(1), z.literal("refuse")]),
})

const approvals = z.object({
  rules: z.array(approvalRule).max(30),
  timeOutHours: count.min(1),
  windowHours: count.min(1),
  longestHours: count.min(1),
  mostPersons: count.min(1),
  mostLeaving: count.min(1).optional(),
  oldAfterDays: count,
  lookSeconds: count.min(1),
})

/** Clause 4.13: below five a group tells of each of its households. */
const statistics = z.object({ fewestHouseholds: z.number().int().min(5).max(1000) })

const caps = z.object({
  days: count.min(1),
  warnAt: z.number().min(0).max(1),
  lines: z
    .array(
      z.object({
        code: z.string(),
        limit: count,
        fields: z.array(z.enum(fieldCodes)),
        classes: z.array(z.enum(fieldClasses)),
      }),
    )
    .min(1),
})

const fieldGroup = z.object({
  classes: z.array(z.enum(fieldClasses)),
  fields: z.array(z.enum(fieldCodes)),
})

const mosaic = z.object({
  days: count.min(1),
  weights: z.record(z.enum(fieldClasses), count),
  fields: z.partialRecord(z.enum(fieldCodes), count),
  again: count.min(1),
  applyAt: count,
  refuseAt: count,
  apart: z.tuple([fieldGroup, fieldGroup]),
})

const emergency = z.object({
  code: z.string(),
  fields: z.array(z.enum(fieldCodes)).min(1),
  minutes: count.min(1).max(longestMinutes),
  reviewHours: count.min(1).max(longestReviewHours),
  tellHours: count.min(1),
  lookSeconds: count.min(1),
})

const often = z.object({ times: z.number().min(0), days: count.min(1) })
const share = z.number().min(0).max(1)

const watch = z.object({
  off: z.array(z.enum(watchCodes)),
  quietDays: count,
  orderWithinHours: count,
  orderHeldDays: count,
  ownHome: often,
  relative: often,
  colleague: often,
  neighbour: often,
  ownWeight: share,
  chance: share,
  repeated: often,
  patient: often.extend({ spanDays: count }),
  offDuty: often.extend({ night: z.tuple([count.max(23), count.max(23)]), habitDays: count }),
  noOrder: often.extend({ share }),
  probe: z.object({ times: count.min(1), minutes: count.min(1) }),
  run: z.object({ homes: count.min(1), minutes: count.min(1) }),
  haste: often.extend({ seconds: count, unbroken: count.min(1), copied: count.min(1) }),
  nearCaps: z.object({ share }),
})

const regimeShape = z.object({
  version: z.number().int().min(1),
  fields: z.array(field),
  purposes: z.array(purposeShape),
  matrix: matrixShape,
  retention: z.array(retention),
  standingRules: z.array(standingRule),
  posts: z.array(postRule),
  exclusions: z.array(z.tuple([post, post])),
  approvals: approvals.optional(),
  caps: caps.optional(),
  statistics: statistics.optional(),
  mosaic: mosaic.optional(),
  emergency: emergency.optional(),
  watch: watch.optional(),
  own: z.object({ numbers: z.record(z.string(), z.number()), off: z.array(z.enum(watchCodes)) }).optional(),
})

/** Throws when it is no regime: a version that cannot be read must not be taken for one that allows nothing, or everything. */
export function parseRegime(content: unknown): Regime {
  return regimeShape.parse(content)
}
