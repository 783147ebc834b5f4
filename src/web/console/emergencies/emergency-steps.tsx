import { useTranslation } from "react-i18next"
import type { EmergencyDetail } from "../../../lifecycle/emergency/contract.ts"
import { Signature, Step } from "../../parts/four-steps.tsx"
import { When } from "../../parts/when.tsx"

/** The four records: broken, let by the rule of the regime, looks, archived by the second review. Clause 4.2. */
export function EmergencySteps({ emergency }: { readonly emergency: EmergencyDetail }) {
  const parts = useTranslation("parts").t
  const { t } = useTranslation("emergency")
  const { broken, registered, archived } = emergency
  return (
    <ol className="hd-steps">
      <Step title={parts("steps.applied")} done>
        <Signature sign={broken} />
      </Step>
      <Step title={parts("steps.decided")} done>
        <p>{t("detail.byRule")}</p>
        <When at={broken.at} seconds />
      </Step>
      <Step title={parts("steps.registered")} done={registered.length > 0}>
        <p className="hd-step-word">{parts("steps.looks", { count: registered.length })}</p>
      </Step>
      <Step title={parts("steps.archived")} done={archived !== null}>
        {archived && (
          <>
            <p className="hd-step-word">{parts("steps.looks", { count: archived.looks })}</p>
            <Signature sign={archived} />
          </>
        )}
      </Step>
    </ol>
  )
}
