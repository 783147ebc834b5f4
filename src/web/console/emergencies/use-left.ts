import { useEffect, useState } from "react"

/** Milliseconds until then, counted down each second; 0 behind it. */
export function useLeft(until: string): number {
  const end = Date.parse(until)
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  return Math.max(0, end - now)
}

/** `29:05`. */
export function minutesAndSeconds(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
}
