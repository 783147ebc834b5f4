/** What crosses the wire about what was stopped on the spot: attempts, rulings, lessons. Clause 2.4. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { cursor, numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { post } from "../people/contract.ts"

const inCommunity = z.object({ communityId: numberId })
const oneAttempt = z.object({ communityId: numberId, attemptId: uuid })

/** Which way somebody asked. Clause 2.3. */
export const channels = ["api", "form", "import", "text", "proposal"] as const
export type Channel = (typeof channels)[number]

const verdicts = ["stop", "forward", "teach"] as const
export const verdict = z.enum(verdicts)
export type Verdict = z.infer<typeof verdict>

const attemptStates = ["open", "forwarded", "stopped", "taught"] as const
export const attemptState = z.enum(attemptStates)
export type AttemptState = z.infer<typeof attemptState>

const who = z.object({ staffId: uuid, name: z.string(), post })

export const attempt = z.object({
  attemptId: uuid,
  at: instant,
  by: who,
  channel: z.enum(channels),
  /** Code of the purpose; null where none was named. */
  purpose: z.string().nullable(),
  /** Code of the catalogue; `unclassified` for what it does not know. */
  field: z.string(),
  /** Code of the refusal. */
  reason: z.string(),
  regimeVersion: z.number().int(),
  state: attemptState,
  rulings: z.array(z.object({ verdict, by: who, at: instant })),
  lessonId: uuid.nullable(),
})
export type Attempt = z.infer<typeof attempt>

export const listAttempts = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/attempts",
  clause: "2.4",
  summary: "Attempts to ask for more than the regime allows, within one's reach, newest first.",
  params: inCommunity,
  query: z.object({
    state: attemptState.optional(),
    after: cursor.optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({
    attempts: z.array(attempt),
    next: cursor.nullable(),
    /** How many nobody has ruled on. */
    open: z.number().int(),
  }),
})

/** Server-sent events (WHATWG HTML 9.2): each is named `attempt`, its data an attempt as in the list, its id a place to go on from. */
export const watchAttempts = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/attempts/live",
  clause: "2.4",
  summary: "New attempts within one's reach as server-sent events; goes on behind Last-Event-ID.",
  params: inCommunity,
  reply: z.unknown(),
})

export const ruleOnAttempt = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/attempts/:attemptId/rulings",
  clause: "2.4",
  summary: "Rules on an attempt: it stays stopped, or it goes to the privacy officer. Never on one's own.",
  params: oneAttempt,
  body: z.object({ rulingId: uuid, verdict: z.enum(["stop", "forward"]) }),
  reply: attempt,
})

const lessonText = { zh: z.string().trim().min(1).max(400), en: z.string().trim().min(1).max(800) }

export const teachAttempt = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/attempts/:attemptId/lesson",
  clause: "2.4",
  summary: "Rules that an attempt is a lesson, and tells it to everybody: without persons, in two languages.",
  params: oneAttempt,
  body: z.object({ lessonId: uuid, ...lessonText }),
  reply: attempt,
})

export const lesson = z.object({
  lessonId: uuid,
  field: z.string(),
  purpose: z.string().nullable(),
  clause: z.string(),
  zh: z.string(),
  en: z.string(),
  at: instant,
})
export type Lesson = z.infer<typeof lesson>

export const listLessons = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/lessons",
  clause: "2.4",
  summary: "Lessons for everybody who works here, newest first; those about one field when it is named.",
  params: inCommunity,
  query: z.object({ field: z.string().max(40).optional() }),
  reply: z.object({ lessons: z.array(lesson) }),
})
