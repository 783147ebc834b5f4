/** A paper as it crosses the wire: a photo or PDF of it. */

import { z } from "zod"
import { documentNumber } from "../apply/document-number.ts"

export const paperKinds = ["jpeg", "png", "pdf"] as const
export type PaperKind = (typeof paperKinds)[number]

/** What crosses the wire with a paper in it, in bytes. */
export const largestPaperBody = 7_000_000

/** Base64; some 5 MB of PNG, JPEG or PDF. What is really in it is looked at where it is taken. */
export const paper = z
  .string()
  .min(40)
  .max(6_700_000)
  .regex(/^[A-Za-z0-9+/]+={0,2}$/)

/** Of a contract or a request. */
export const numbered = z.string().trim().regex(documentNumber)

/** The name of an organisation: no line for a person's number. */
export const organisationName = z
  .string()
  .trim()
  .min(2)
  .max(60)
  .regex(/^(?!.*\d{7})[\p{Script=Han}\p{L}\d .,&·（）()-]+$/u)
