/** The demonstration's log-ins, for as long as this page is open: their passwords are shown and never stored. */

import { useSyncExternalStore } from "react"
import type { DemonstrationLogin } from "../../duty/people/contract.ts"

let logins: readonly DemonstrationLogin[] = []
const listeners = new Set<() => void>()

export function rememberLogins(next: readonly DemonstrationLogin[]): void {
  logins = next
  for (const listener of listeners) listener()
}

export function useRememberedLogins(): readonly DemonstrationLogin[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => logins,
  )
}
