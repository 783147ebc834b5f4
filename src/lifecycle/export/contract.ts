/** What crosses the wire about copies that leave the system. Clause 4.7. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId, uuid } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"
import { post } from "../../duty/people/contract.ts"
import { leavingForms } from "../catalogue/approval-shape.ts"
import { fieldCodes } from "../catalogue/field.ts"
import { purposePattern } from "../catalogue/regime-shape.ts"
import { copyStates } from "./copy.ts"

const inCommunity = z.object({ communityId: numberId })
const oneCopy = z.object({ communityId: numberId, copyId: uuid })
const fields = z.array(z.enum(fieldCodes)).min(1).max(20)
const buildingIds = z.array(numberId).max(50).default([])
const homeIds = z.array(uuid).max(200).default([])

export const countExport = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/exports/count",
  clause: "4.7",
  summary: "How many rows and columns a copy would have, before anybody applies for it.",
  params: inCommunity,
  body: z.strictObject({ buildingIds, homeIds, fields }),
  reply: z.object({
    homes: z.number().int(),
    rows: z.number().int(),
    /** Of them, those under 14: they stay behind, except for an authority. */
    children: z.number().int(),
    columns: z.number().int(),
    most: z.number().int(),
  }),
})

export const applyForExport = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/exports",
  clause: "4.7",
  summary: "Applies for a copy of so many rows and columns. What was counted is what is applied for.",
  params: inCommunity,
  body: z.strictObject({
    applicationId: uuid,
    purpose: z.string().regex(purposePattern),
    requestNumber: z.string().trim().max(40),
    buildingIds,
    homeIds,
    fields,
    form: z.enum(leavingForms),
    hours: z.number().int().min(1).max(720),
    /** As counted and confirmed. */
    rows: z.number().int().min(1),
  }),
  reply: z.object({ applicationId: uuid }),
})

const copy = z.object({
  copyId: uuid,
  applicationId: uuid,
  number: z.string(),
  form: z.enum(leavingForms),
  columns: z.array(z.string()),
  persons: z.number().int(),
  state: z.enum(copyStates),
  /** 0 to 1 while it is being made. */
  progress: z.number().min(0).max(1),
  isOwn: z.boolean(),
  recipient: z.object({ staffId: uuid, name: z.string(), post }),
  /** The third party or authority that the recipient hands it to. */
  outside: z.string().nullable(),
  at: instant,
  validUntil: instant,
  passwordShownAt: instant.nullable(),
  takenAt: instant.nullable(),
})

export type ExportCopy = z.infer<typeof copy>

export const listExports = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/exports",
  clause: "4.7",
  summary: "Copies within one's reach, newest first: one's own, or all.",
  params: inCommunity,
  query: z.object({
    scope: z.enum(["mine", "all"]).default("mine"),
    after: z
      .string()
      .regex(/^\d{1,19}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(100).default(30),
  }),
  reply: z.object({ copies: z.array(copy), next: z.string().nullable() }),
})

export const makeExport = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/applications/:applicationId/export",
  clause: "4.7",
  summary: "Has the file made under an approved application; the clock of its grant starts here.",
  params: z.object({ communityId: numberId, applicationId: uuid }),
  body: z.object({}),
  reply: z.object({ copyId: uuid }),
})

export const showExportPassword = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/exports/:copyId/password",
  clause: "4.7",
  summary: "The password of the file: to its recipient, once.",
  params: oneCopy,
  body: z.object({}),
  reply: z.object({ password: z.string() }),
})

/** A download, binary. A POST, so that no preview and no second click fetches it. */
export const downloadExport = endpoint({
  method: "POST",
  path: "/api/communities/:communityId/exports/:copyId/download",
  clause: "4.7",
  summary: "The file: to its recipient, exactly once; behind it, it is gone here.",
  params: oneCopy,
  body: z.object({}),
  reply: z.unknown(),
})
