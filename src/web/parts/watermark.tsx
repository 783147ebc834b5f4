import { Watermark as AntWatermark } from "antd"
import { type ReactNode, useEffect, useState } from "react"
import { useSession } from "./use-session.ts"
import { showInstant } from "./when.tsx"

const minute = 60_000

/** Every page with personal data carries the name, log-in and time of the person who sees it. Clause 4.1. */
export function Watermark({ children }: { readonly children: ReactNode }) {
  const { name, login } = useSession()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minute)
    return () => clearInterval(timer)
  }, [])
  return (
    <AntWatermark
      content={[`${name} ${login}`, showInstant(new Date(now).toISOString())]}
      font={{ fontSize: 13, color: "rgba(20, 40, 60, 0.085)" }}
      gap={[120, 110]}
      className="hd-watermark"
    >
      {children}
    </AntWatermark>
  )
}
