import { Alert } from "antd"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { useActWord } from "../console/traces/act-word.ts"
import { Icon } from "../parts/icon.tsx"
import { useWords } from "../parts/use-words.ts"
import { When } from "../parts/when.tsx"
import { Fingerprint } from "./fingerprint.tsx"
import { type CheckedReceipt, type ShownTrace, stepNames, verdictOf } from "./receipt-steps.ts"
import type { StepState } from "./signature-state.ts"
import { WitnessedText } from "./witnessed-text.tsx"

/** How each state is shown. */
export const looks = {
  good: { type: "success", icon: "check" },
  bad: { type: "error", icon: "cross" },
  unknown: { type: "warning", icon: "warning" },
} as const satisfies Record<StepState, object>

/** The verdict first, then the steps, the trace, and what all this means. */
export function ReceiptResult({ checked }: { readonly checked: CheckedReceipt }) {
  const { t } = useTranslation("verify")
  const { shown } = checked
  const verdict = verdictOf(checked)
  return (
    <section className="hd-verify-result" aria-live="polite">
      <Alert
        type={looks[verdict].type}
        showIcon
        title={<strong>{t(`verdicts.${verdict}`)}</strong>}
        description={t(`verdictHints.${verdict}`)}
      />
      <ol className="hd-verify-steps">
        <ProofSteps checked={checked} />
      </ol>
      {shown !== undefined && verdict !== "bad" && <Shown shown={shown} />}
      {verdict === "good" && <Meaning />}
    </section>
  )
}

/** The steps of a receipt of a trace, alone or inside another receipt. */
export function ProofSteps({ checked: { steps, witnessed } }: { readonly checked: CheckedReceipt }) {
  const { t } = useTranslation("verify")
  return (
    <>
      {stepNames.map((name) => (
        <Step key={name} state={steps[name]}>
          {t(`steps.${name}`)}
        </Step>
      ))}
      {witnessed !== undefined && (
        <Step state={witnessed.state}>
          <WitnessedText witnessed={witnessed} />
        </Step>
      )}
    </>
  )
}

/** One step and what came of it. */
export function Step({ state, children }: { readonly state: StepState; readonly children: ReactNode }) {
  const { t } = useTranslation("verify")
  return (
    <li className={`hd-verify-${state}`}>
      <Icon name={looks[state].icon} />
      <span>{children}</span>
      <strong>{t(`states.${state}`)}</strong>
    </li>
  )
}

function Shown({ shown }: { readonly shown: NonNullable<CheckedReceipt["shown"]> }) {
  const { t } = useTranslation("verify")
  const { index, checkpoint, trace } = shown
  return (
    <>
      <h2>{t("shown.title")}</h2>
      {trace === undefined ? <p>{t("shown.unknown")}</p> : <TraceFacts trace={trace} />}
      <dl className="hd-facts hd-verify-facts">
        <Fact name={t("shown.place")}>
          {t("shown.placeText", { index: index + 1, size: checkpoint.size })}
        </Fact>
        <Fact name={t("shown.log")}>
          <code>{checkpoint.origin}</code>
        </Fact>
      </dl>
      <p className="hd-faint">{t("shown.root")}</p>
      <Fingerprint root={checkpoint.root} />
    </>
  )
}

function TraceFacts({ trace }: { readonly trace: ShownTrace }) {
  const { t } = useTranslation("verify")
  const word = useWords()
  const actWord = useActWord()
  const { purpose, fields } = trace
  return (
    <dl className="hd-facts hd-verify-facts">
      <Fact name={t("shown.at")}>
        <When at={new Date(trace.at).toISOString()} seconds />
      </Fact>
      <Fact name={t("shown.post")}>{word("posts", trace.post)}</Fact>
      <Fact name={t("shown.act")}>
        {actWord(trace.act)} {trace.clause}
      </Fact>
      <Fact name={t("shown.purpose")}>{purpose === null ? "—" : word("purposes", purpose)}</Fact>
      <Fact name={t("shown.fields")}>
        {fields.length === 0 ? "—" : fields.map((field) => word("fields", field)).join("、")}
      </Fact>
      <Fact name={t("shown.subjects")}>{trace.subjects.length}</Fact>
      <Fact name={t("shown.outcome")}>{word("outcomes", trace.outcome)}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Meaning() {
  const { t } = useTranslation("verify")
  return (
    <div className="hd-verify-meaning">
      <h2>{t("meaning.proved")}</h2>
      <p>{t("meaning.provedText")}</p>
      <h2>{t("meaning.not")}</h2>
      <ul>
        <li>{t("meaning.notTexts.truth")}</li>
        <li>{t("meaning.notTexts.whole")}</li>
        <li>{t("meaning.notTexts.key")}</li>
      </ul>
    </div>
  )
}
