import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
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
      {query.data !== undefined && <OwnMosaic mosaic={query.data.mosaic} />}
    </section>
  )
}

interface OwnMosaicProps {
  readonly mosaic: z.infer<typeof readMeter.reply>["mosaic"]
}

/** Of the household that one has seen most of. Clause 1.5. */
function OwnMosaic({ mosaic: { days, refuseAt, applyAt, most, beyond } }: OwnMosaicProps) {
  const { t } = useTranslation("mosaic")
  if (most === 0) return <p>{t("ownNone", { days })}</p>
  const warned = most >= applyAt ? "warned" : "free"
  const state = most >= refuseAt ? "reached" : warned
  return (
    <div>
      <span>{t("own")}</span>
      <CapBar gauge={{ line: "mosaic", count: most, limit: refuseAt, state }} />
      {beyond > 0 && <p>{t("ownBeyond", { count: beyond })}</p>}
    </div>
  )
}

function LineName({ line }: { readonly line: string }) {
  const { t } = useTranslation("applications")
  const known = capLines.find((one) => one === line)
  return <span>{known === undefined ? line : t(`meter.lines.${known}`)}</span>
}
