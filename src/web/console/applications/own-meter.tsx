import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { readMeter } from "../../../lifecycle/use/cap-contract.ts"
import { ask } from "../../client.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { CapBar, capLines } from "./cap-bar.tsx"

/** One's own meter. */
export function OwnMeter() {
  const { t } = useTranslation("applications")
  const query = useQuery(ask(readMeter, {}))
  return (
    <section className="hd-section hd-narrow">
      <h2>{t("meter.own", { days: query.data?.days ?? 30 })}</h2>
      <RefusalAlert error={query.error} />
      {query.data?.gauges.map((one) => (
        <div key={one.line}>
          <LineName line={one.line} />
          <CapBar gauge={one} />
        </div>
      ))}
    </section>
  )
}

function LineName({ line }: { readonly line: string }) {
  const { t } = useTranslation("applications")
  const known = capLines.find((one) => one === line)
  return <span>{known === undefined ? line : t(`meter.lines.${known}`)}</span>
}
