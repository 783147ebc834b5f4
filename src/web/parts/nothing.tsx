import type { ReactNode } from "react"
import { Icon } from "./icon.tsx"

export interface NothingProps {
  readonly title: string
  readonly hint?: ReactNode
  readonly action?: ReactNode
}

/** The empty state: what would be here, and how it gets here. */
export function Nothing({ title, hint, action }: NothingProps) {
  return (
    <div className="hd-nothing" role="status">
      <Icon name="empty" size={36} />
      <p className="hd-nothing-title">{title}</p>
      {hint && <p className="hd-faint">{hint}</p>}
      {action}
    </div>
  )
}
