import { Tooltip } from "antd"
import type { ReactNode } from "react"

export interface GuardProps {
  /** Why it is not possible; `null`: it is. */
  readonly reason: string | null
  readonly children: (disabled: boolean) => ReactNode
}

/** Disabled with the reason, not hidden: wraps what a post may not do in a tooltip that says why. */
export function Guard({ reason, children }: GuardProps) {
  if (reason === null) return <>{children(false)}</>
  return (
    <Tooltip title={reason}>
      {/* A disabled button takes no focus: the wrapper does, so that the reason can be read with the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above */}
      <span className="hd-guard" tabIndex={0} role="note" aria-label={reason}>
        {children(true)}
      </span>
    </Tooltip>
  )
}
