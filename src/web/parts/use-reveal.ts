import { useEffect, useRef, useState } from "react"
import { shownHouseholds } from "./shown-households.ts"

export interface Look {
  readonly values: readonly string[]
  readonly seconds: number
}

export type RevealState =
  | { readonly phase: "hidden"; readonly before: boolean }
  | { readonly phase: "asking" }
  | { readonly phase: "shown"; readonly values: readonly string[]; readonly left: number }
  | { readonly phase: "refused"; readonly error: unknown }

export interface Reveal {
  readonly state: RevealState
  readonly show: () => void
  readonly hide: () => void
}

const view = shownHouseholds()

/**
 * Holds plaintext in this component's state and nowhere else, until the seconds are over, the page is left, hidden or
 * loses the focus, or another household is shown. An answer that comes after any of these is dropped unseen.
 */
export function useReveal(household: string, look: () => Promise<Look>): Reveal {
  const [state, setState] = useState<RevealState>({ phase: "hidden", before: false })
  const stop = useRef<() => void>(() => undefined)

  const show = () => {
    stop.current()
    setState({ phase: "asking" })
    const watch = watchOver(household, () => setState({ phase: "hidden", before: true }))
    stop.current = watch.end
    look().then(
      (answer) =>
        watch.countDown(answer.seconds, (left) => setState({ phase: "shown", values: answer.values, left })),
      (error: unknown) => {
        if (watch.end()) setState({ phase: "refused", error })
      },
    )
  }
  const hide = () => stop.current()

  useEffect(() => () => stop.current(), [])
  return { state, show, hide }
}

interface Watch {
  /** Shows each second that is left; does nothing once the watch has ended. */
  readonly countDown: (seconds: number, tick: (left: number) => void) => void
  /** Hides. True when it was still running. */
  readonly end: () => boolean
}

function watchOver(household: string, hidden: () => void): Watch {
  const over = new AbortController()
  let timer: ReturnType<typeof setInterval> | undefined
  const entry = { household, hide: () => end() }
  function end(): boolean {
    if (over.signal.aborted) return false
    over.abort()
    clearInterval(timer)
    view.forget(entry)
    hidden()
    return true
  }
  function countDown(seconds: number, tick: (left: number) => void): void {
    if (over.signal.aborted) return
    const until = performance.now() + seconds * 1000
    const step = () => {
      const left = Math.ceil((until - performance.now()) / 1000)
      if (left <= 0) end()
      else tick(left)
    }
    timer = setInterval(step, 250)
    step()
  }
  window.addEventListener("blur", end, { signal: over.signal })
  window.addEventListener("pagehide", end, { signal: over.signal })
  document.addEventListener("visibilitychange", () => document.hidden && end(), { signal: over.signal })
  view.show(entry)
  return { countDown, end }
}
