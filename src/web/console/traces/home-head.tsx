import { useTranslation } from "react-i18next"
import type { SoughtHome } from "../../../ledger/trace-explorer-contract.ts"
import type { Term } from "../../../ledger/trace-query.ts"

export interface HomeHeadProps {
  readonly terms: readonly Term[]
  readonly homes: readonly SoughtHome[]
}

/** Which home the traces are about. One outside the reach reads as one that is not there. Clause 3.8. */
export function HomeHead({ terms, homes }: HomeHeadProps) {
  const { t } = useTranslation("traces")
  if (!terms.some(({ qualifier }) => qualifier === "home")) return null
  if (homes.length === 0) return <p role="status">{t("home.none")}</p>
  return homes.map(({ homeId, label, persons }) => (
    <section key={homeId} className="hd-trace-home">
      <h2>{t("home.title", { label })}</h2>
      <p className="hd-faint">{t("home.persons", { count: persons })}</p>
    </section>
  ))
}
