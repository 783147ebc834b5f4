import { Progress } from "antd"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import type { gauge } from "../../../lifecycle/use/cap-contract.ts"

export type Gauge = z.infer<typeof gauge>

export const capLines = ["trajectory", "service", "other"] as const

const statuses = { free: "normal", warned: "active", reached: "exception" } as const
const colours = { free: "#1677ff", warned: "#d48806", reached: "#cf1322" } as const

/** How near somebody is to a line. */
export function CapBar({ gauge: found }: { readonly gauge: Gauge | undefined }) {
  const { t } = useTranslation("applications")
  if (found === undefined) return "—"
  const { count, limit, state } = found
  const label = t("meter.of", { count, limit })
  return (
    <Progress
      aria-label={label}
      size="small"
      percent={Math.min(100, (count / Math.max(1, limit)) * 100)}
      status={statuses[state]}
      strokeColor={colours[state]}
      format={() => label}
    />
  )
}
