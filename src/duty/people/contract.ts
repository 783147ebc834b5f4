/** What crosses the wire about staff, sessions and the first run. Clauses 4.1, 6.1. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { posts } from "./post.ts"
import { suspensionReasons } from "./suspension.ts"

export const post = z.enum(posts)
const login = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{2,39}$/)
const displayName = z.string().trim().min(1).max(40)
const placeName = z.string().trim().min(1).max(60)
const password = z.string().min(1).max(200)
const secondFactorCode = z.string().regex(/^\d{6}$/)
const done = z.object({ done: z.literal(true) })
/** The reply of a command that has nothing to tell. */
export const isDone = { done: true } as const
const none = z.object({})
const inCommunity = z.object({ communityId: numberId })

const setupState = z.object({
  /** No company has been set up and no demonstration is there. */
  needed: z.boolean(),
  /** The community id of the demonstration, when there is one. */
  demonstration: numberId.nullable(),
})

export const demonstrationLogin = z.object({
  post,
  login: z.string(),
  password: z.string(),
  name: z.string(),
  reach: z.string(),
})
export type DemonstrationLogin = z.infer<typeof demonstrationLogin>

export const readSetup = endpoint({
  method: "GET",
  path: "/api/setup",
  clause: "4.1",
  summary: "Whether the first run is still to be done.",
  reply: setupState,
})

export const setUp = endpoint({
  method: "POST",
  path: "/api/setup",
  clause: "4.1",
  summary:
    "First run: names the company, its first community and the privacy officer. Needs the one-time set-up code.",
  body: z.object({
    code: z.string().trim().max(40),
    company: placeName,
    community: placeName,
    officer: z.object({ name: displayName, login, password }),
  }),
  reply: z.object({ communityId: numberId }),
})

export const openDemonstration = endpoint({
  method: "POST",
  path: "/api/demonstration",
  clause: "4.1",
  summary:
    "Creates the demonstration community: 1,200 synthetic households and one log-in per post. Needs the set-up code, or a privacy officer's or system admin's session.",
  body: z.object({ code: z.string().trim().max(40).optional() }),
  reply: z.object({ communityId: numberId, logins: z.array(demonstrationLogin) }),
})

export const removeDemonstration = endpoint({
  method: "DELETE",
  path: "/api/demonstration",
  clause: "4.1",
  summary: "Removes the demonstration community, its people, keys and log-ins.",
  reply: done,
})

const reach = z.object({
  communityId: numberId,
  communityName: z.string(),
  demonstration: z.boolean(),
  posts: z.array(post),
  /** `null`: every building of the community. */
  buildingIds: z.array(numberId).nullable(),
  /** Classes whose masks this person may see here. */
  classes: z.array(z.string()),
})

export const me = z.object({
  staffId: uuid,
  name: z.string(),
  login: z.string(),
  company: z.string(),
  mustChangePassword: z.boolean(),
  /** A powerful post without a second factor may do nothing but enrol one. */
  mustEnrolSecondFactor: z.boolean(),
  hasSecondFactor: z.boolean(),
  reaches: z.array(reach),
})
export type Me = z.infer<typeof me>

export const readSession = endpoint({
  method: "GET",
  path: "/api/session",
  clause: "4.1",
  summary: "Who is signed in, with posts and reach.",
  reply: me,
})

export const signIn = endpoint({
  method: "POST",
  path: "/api/session",
  clause: "4.1",
  summary: "Signs in with a personal log-in, a password and, for powerful posts, a one-time code.",
  body: z.object({
    login: z.string().trim().toLowerCase().max(80),
    password,
    code: secondFactorCode.optional(),
  }),
  reply: me,
})

export const signOut = endpoint({
  method: "DELETE",
  path: "/api/session",
  clause: "4.1",
  summary: "Ends this session.",
  reply: done,
})

export const changePassword = endpoint({
  method: "POST",
  path: "/api/session/password",
  clause: "4.1",
  summary: "Changes one's own password; every other session of the person ends.",
  body: z.object({ current: password, next: password }),
  reply: done,
})

export const beginSecondFactor = endpoint({
  method: "POST",
  path: "/api/session/second-factor",
  clause: "4.1",
  summary: "Makes a new one-time-code secret (RFC 6238) to be scanned; it counts once confirmed.",
  body: none,
  reply: z.object({ secret: z.string(), uri: z.string(), qr: z.string() }),
})

export const confirmSecondFactor = endpoint({
  method: "POST",
  path: "/api/session/second-factor/confirm",
  clause: "4.1",
  summary: "Confirms the second factor with its first code.",
  body: z.object({ code: secondFactorCode }),
  reply: done,
})

const appointment = z.object({
  post,
  /** `null`: the whole company. */
  communityId: numberId.nullable(),
  /** `null`: every building of the community. */
  buildingIds: z.array(numberId).nullable(),
  from: instant,
  until: instant.nullable(),
})

const suspension = z.object({
  /** `null`: only for those who manage people. */
  reason: z.enum(suspensionReasons).nullable(),
  since: instant,
  /** `null`: until it is lifted. */
  until: instant.nullable(),
})
export type Suspension = z.infer<typeof suspension>

export const staffMember = z.object({
  staffId: uuid,
  name: z.string(),
  login: z.string(),
  hasSecondFactor: z.boolean(),
  lockedUntil: instant.nullable(),
  leftAt: instant.nullable(),
  suspension: suspension.nullable(),
  appointments: z.array(appointment),
})
export type StaffMember = z.infer<typeof staffMember>

export const listStaff = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/staff",
  clause: "6.1",
  summary: "Everybody who holds or held a post in this community.",
  params: inCommunity,
  reply: z.object({ staff: z.array(staffMember) }),
})

export const appointStaff = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/staff",
  clause: "6.1",
  summary: "Makes a personal log-in with a first password (to be changed) and one post.",
  params: inCommunity,
  body: z.object({
    staffId: uuid,
    name: displayName,
    login,
    post,
    buildingIds: z.array(numberId).max(2000).nullable(),
    from: instant.optional(),
    until: instant.nullable().optional(),
  }),
  reply: z.object({ staffId: uuid, firstPassword: z.string() }),
})

const oneStaff = z.object({ communityId: numberId, staffId: uuid })

export const changePost = endpoint({
  method: "PUT",
  path: "/api/communities/:communityId/staff/:staffId/post",
  clause: "6.1",
  summary: "Replaces a person's post and reach in this community; takes effect within seconds.",
  params: oneStaff,
  body: z.object({
    post,
    buildingIds: z.array(numberId).max(2000).nullable(),
    until: instant.nullable().optional(),
  }),
  reply: done,
})

export const resetPassword = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/staff/:staffId/password",
  clause: "4.1",
  summary:
    "Gives a new first password, lifts a lockout, removes the second factor and ends the person's sessions.",
  params: oneStaff,
  body: none,
  reply: z.object({ firstPassword: z.string() }),
})

export const recoverOfficer = endpoint({
  method: "POST",
  path: "/api/local/people/recover",
  clause: "4.1",
  summary:
    "For hudun people recover: gives a privacy officer a new first password and removes the second factor.",
  body: z.object({ login }),
  reply: z.object({ firstPassword: z.string() }),
})

export const dismissStaff = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/staff/:staffId/leave",
  clause: "6.3",
  summary: "The person leaves: posts and sessions end at once.",
  params: oneStaff,
  body: none,
  reply: done,
})

export const suspendStaff = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/staff/:staffId/suspend",
  clause: "6.3",
  summary:
    "Stops a person at once, with their posts left as they are: no sign-in, every session ends. Sent again, the new end counts.",
  params: oneStaff,
  body: z.object({ reason: z.enum(suspensionReasons), until: instant.nullable().optional() }),
  reply: done,
})

export const restoreStaff = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/staff/:staffId/restore",
  clause: "6.3",
  summary: "Lets a suspended person sign in again; what was open before stays closed.",
  params: oneStaff,
  body: none,
  reply: done,
})
