import { useNavigate, useSearch } from "@tanstack/react-router"
import { nextPath } from "../shell/entrance.ts"

/** Goes where the person wanted to when a step came in between. */
export function useGoOn(): () => void {
  const navigate = useNavigate()
  const next: unknown = useSearch({ strict: false })["next"]
  return () => void navigate({ href: nextPath(next), replace: true })
}
