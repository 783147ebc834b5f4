import { useQueryClient } from "@tanstack/react-query"
import type { z } from "zod"
import {
  type ConsentText,
  countConsents,
  listConsents,
  readConsents,
  recordConsent,
} from "../../../lifecycle/consent/contract.ts"
import { call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { useCommunity } from "../../parts/use-community.ts"

type Body = z.input<NonNullable<typeof recordConsent.body>>
/** What differs from one event to the next. */
export type Said = Pick<Body, "kind" | "channel"> & Partial<Body>

/** Records one event about the text in force, and asks what depends on it anew. */
export function useRecord(personId: string, text: ConsentText) {
  const { communityId } = useCommunity()
  const client = useQueryClient()
  return async (said: Said) => {
    const body = {
      eventId: newId(),
      feature: text.feature,
      textVersion: text.version,
      language: "zh-CN" as const,
      ...said,
    }
    const reply = await call(recordConsent, { params: { communityId, personId }, body })
    for (const { path } of [readConsents, listConsents, countConsents])
      void client.invalidateQueries({ queryKey: [path] })
    return reply
  }
}
