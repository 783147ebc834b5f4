/** What crosses the wire of the public notice: rules, never a value of an owner. PIPL 17. Clauses 2.1, 2.8. */

import { z } from "zod"
import { endpoint } from "../../base/endpoint.ts"
import { numberId } from "../../base/id.ts"
import { instant } from "../../base/instant.ts"

const words = z.object({ "zh-CN": z.string(), en: z.string() })
const line = z.string().trim().max(120)

export const contactParts = z.object({
  officer: line.min(1),
  phone: line.max(40),
  email: line,
  address: line,
})
export type Contact = z.infer<typeof contactParts>

const noticeView = z.object({
  company: z.string(),
  community: z.string(),
  communityId: numberId,
  /** Of the regime in force. */
  version: z.number().int(),
  since: instant,
  contact: contactParts.nullable(),
  collected: z.array(
    z.object({
      code: z.string(),
      label: words,
      service: words,
      basis: z.string(),
      channels: z.array(z.string()),
      fields: z.array(
        z.object({
          code: z.string(),
          label: words,
          need: z.enum(["required", "optional"]),
          note: words.nullable(),
          isSensitive: z.boolean(),
          retention: words,
        }),
      ),
    }),
  ),
  shared: z.array(z.object({ purpose: words, basis: z.string(), fields: z.array(words) })),
})
export type NoticeView = z.infer<typeof noticeView>

export const readNotice = endpoint({
  method: "GET",
  path: "/api/public/notice/:communityId",
  clause: "2.1",
  summary: "The public notice of a community, made from the regime in force and the register of channels.",
  params: z.object({ communityId: numberId }),
  reply: noticeView,
})

export const setContact = endpoint({
  method: "PUT",
  path: "/api/communities/:communityId/notice-contact",
  clause: "2.1",
  summary: "Whom owners turn to, as the public notice tells it.",
  params: z.object({ communityId: numberId }),
  body: contactParts,
  reply: noticeView,
})
