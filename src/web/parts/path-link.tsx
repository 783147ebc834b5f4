import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"

export interface PathLinkProps {
  /** Made by `paths`. */
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
  readonly className?: string
  readonly children: ReactNode
}

/** A link within the console. */
export function PathLink({ to, search, className, children }: PathLinkProps) {
  return (
    <Link
      to={to}
      {...(search === undefined ? {} : { search })}
      {...(className === undefined ? {} : { className })}
    >
      {children}
    </Link>
  )
}
