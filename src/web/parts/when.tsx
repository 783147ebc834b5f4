import { useTranslation } from "react-i18next"
import { houseZone } from "../../base/instant.ts"

/** `2026-10-04 09:30` in the time of the house, whatever the browser's zone. */
export function showInstant(at: string, withSeconds = false): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: houseZone,
    dateStyle: "short",
    timeStyle: withSeconds ? "medium" : "short",
  })
  return parts.format(new Date(at))
}

export interface WhenProps {
  /** ISO 8601; `null` shows a dash. */
  readonly at: string | null
  readonly seconds?: boolean
}

/** A point in time. */
export function When({ at, seconds = false }: WhenProps) {
  useTranslation()
  if (at === null) return <span className="hd-faint">—</span>
  return (
    <time className="hd-when" dateTime={at}>
      {showInstant(at, seconds)}
    </time>
  )
}
