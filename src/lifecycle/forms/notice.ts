/**
 * The public notice, made from the regime in force and the register of channels, so that it never says less or more than
 * what is done. PIPL 17; regulation on network data security 21: lists of collection and of provision. Clauses 2.1, 2.8, 5.1.
 */

import { isFieldCode, type Words } from "../catalogue/field.ts"
import { cellNote } from "../catalogue/regime.ts"
import type { Regime, Retention } from "../catalogue/regime-shape.ts"
import type { Channel } from "./channel.ts"
import { formOf, within } from "./form.ts"

export interface NoticePurpose {
  readonly code: string
  readonly label: Words
  readonly service: Words
  readonly basis: string
  readonly channels: readonly string[]
  readonly fields: readonly NoticeField[]
}

export interface NoticeField {
  readonly code: string
  readonly label: Words
  readonly need: "required" | "optional"
  readonly note: Words | null
  readonly isSensitive: boolean
  readonly retention: Words
}

export interface Shared {
  readonly purpose: Words
  readonly basis: string
  readonly fields: readonly Words[]
}

export interface Notice {
  readonly version: number
  /** List of collection: what a channel in use takes. A purpose that none of them serves is not in it. */
  readonly collected: readonly NoticePurpose[]
  /** List of provision: the purposes under which something goes to somebody outside. */
  readonly shared: readonly Shared[]
}

export function noticeOf(regime: Regime, register: readonly Channel[]): Notice {
  const open = register.filter(({ state }) => state === "in_use")
  return {
    version: regime.version,
    collected: regime.purposes.flatMap(({ code }) => purposeOf(regime, open, code)),
    shared: sharedOf(regime),
  }
}

function purposeOf(regime: Regime, open: readonly Channel[], code: string): NoticePurpose[] {
  const channels = open.filter(({ purposes }) => purposes.includes(code))
  const form = formOf(regime, code)
  if (channels.length === 0 || form === undefined) return []
  const { fields, purpose } = within(
    form,
    channels.flatMap((one) => one.fields),
  )
  return [
    {
      code,
      label: purpose.label,
      service: purpose.service,
      basis: purpose.basis,
      channels: channels.map(({ channel }) => channel),
      fields: fields.map((field) => {
        const known = regime.fields.find((one) => one.code === field.code)
        return {
          code: field.code,
          label: field.label,
          need: field.need,
          note: cellNote(regime, purpose.code, field.code) ?? null,
          isSensitive: known?.sensitivity !== "general",
          retention: retentionOf(regime, known?.retention ?? ""),
        }
      }),
    },
  ]
}

function retentionOf({ retention }: Regime, code: string): Words {
  const found: Retention | undefined = retention.find((one) => one.code === code)
  return found?.label ?? { "zh-CN": "未定，按最短期限", en: "Not set: the shortest" }
}

function sharedOf(regime: Regime): Shared[] {
  return regime.purposes
    .filter(({ isShared }) => isShared)
    .map(({ code, label, basis }) => ({
      purpose: label,
      basis,
      fields: (formOf(regime, code)?.fields ?? [])
        .filter((one) => isFieldCode(one.code))
        .map((one) => one.label),
    }))
}
