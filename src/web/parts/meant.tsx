import type { ReactNode } from "react"

interface MeantProps {
  readonly isMeant: boolean
  readonly children: ReactNode
}

/** Marks the row of a list that a link elsewhere meant. */
export function Meant({ isMeant, children }: MeantProps) {
  return isMeant ? <mark>{children}</mark> : children
}
