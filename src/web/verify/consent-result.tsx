import { Alert } from "antd"
import { useTranslation } from "react-i18next"
import { ConsentRecordFacts } from "../console/consent/consent-record.tsx"
import { type CheckedConsent, consentStepNames, consentVerdictOf } from "./consent-steps.ts"
import { looks, ProofSteps, Step } from "./receipt-result.tsx"
import "../console/consent/consent.css"

/** Right or forged first, then the steps, then what the receipt says. */
export function ConsentResult({ checked }: { readonly checked: CheckedConsent }) {
  const { t } = useTranslation("verify")
  const { steps, record, proof } = checked
  const verdict = consentVerdictOf(checked)
  return (
    <section className="hd-verify-result" aria-live="polite">
      <Alert
        type={looks[verdict].type}
        showIcon
        title={<strong>{t(`consent.verdicts.${verdict}`)}</strong>}
        description={t(`consent.hints.${verdict}`)}
      />
      <ol className="hd-verify-steps">
        {consentStepNames.map((name) => (
          <Step key={name} state={steps[name]}>
            {t(name === "bound" && proof === undefined ? "consent.unproved" : `consent.steps.${name}`)}
          </Step>
        ))}
        {proof !== undefined && <ProofSteps checked={proof} />}
      </ol>
      {record !== undefined && verdict !== "bad" && (
        <>
          <h2>{t("consent.shown")}</h2>
          <p>
            {record.pii_controller.name} · {record.pii_controller.community}
          </p>
          <ConsentRecordFacts record={record} />
        </>
      )}
    </section>
  )
}
