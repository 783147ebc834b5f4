import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"

export interface PathLinkProps {
  /** Made by `paths`. */
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
  readonly className?: string
  /** Besides going there, also when one is there already. */
  readonly onClick?: () => void
  readonly children: ReactNode
}

/** A link within the console. */
export function PathLink({ to, search, className, onClick, children }: PathLinkProps) {
  return (
    <Link
      to={to}
      {...(search === undefined ? {} : { search })}
      {...(className === undefined ? {} : { className })}
      {...(onClick === undefined ? {} : { onClick })}
    >
      {children}
    </Link>
  )
}
