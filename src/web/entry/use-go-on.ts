import { useNavigate } from "@tanstack/react-router"
import { useSearchTexts } from "../parts/use-address.ts"
import { nextPath } from "../shell/entrance.ts"

/** Goes where the person wanted to when a step came in between. */
export function useGoOn(): () => void {
  const navigate = useNavigate()
  const { next } = useSearchTexts()
  return () => void navigate({ href: nextPath(next), replace: true })
}
