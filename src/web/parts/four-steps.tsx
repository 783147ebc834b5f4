import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { Use } from "../../lifecycle/use/contract.ts"
import { Icon } from "./icon.tsx"
import { useWords } from "./use-words.ts"
import { When } from "./when.tsx"

interface Sign {
  readonly by: Use["applied"]["by"]
  readonly at: string
}

/** The four records of one use: applied, decided, registered, archived, each with who and when. Clause 4.2. */
export function FourSteps({ use }: { readonly use: Use }) {
  const { t } = useTranslation("parts")
  const say = useWords()
  const { applied, decided, registered, archived } = use
  return (
    <ol className="hd-steps">
      <Step title={t("steps.applied")} done>
        <Signature sign={applied} />
      </Step>
      <Step title={t("steps.decided")} done={decided !== null}>
        {decided && (
          <>
            <p className="hd-step-word">{t(`steps.${decided.verdict}`)}</p>
            {decided.rule !== null && <p>{t("steps.rule", { rule: say("rules", decided.rule) })}</p>}
            <Signature sign={decided} />
          </>
        )}
      </Step>
      <Step title={t("steps.registered")} done={registered.length > 0}>
        {registered.length > 0 && <Looks looks={registered} />}
      </Step>
      <Step title={t("steps.archived")} done={archived !== null}>
        {archived && (
          <>
            <p className="hd-step-word">{t("steps.looks", { count: archived.looks })}</p>
            <Signature sign={archived} />
          </>
        )}
      </Step>
    </ol>
  )
}

interface StepProps {
  readonly title: string
  readonly done: boolean
  /** Not done, and something to show already. */
  readonly begun?: boolean
  readonly children?: ReactNode
}

export function Step({ title, done, begun = done, children }: StepProps) {
  const { t } = useTranslation("parts")
  return (
    <li className={done ? "hd-step hd-step-done" : "hd-step"}>
      <h3>
        <span className="hd-step-dot">{done && <Icon name="check" size={12} />}</span>
        {title}
      </h3>
      <div className="hd-step-body">
        {begun ? children : <p className="hd-faint">{t("steps.waiting")}</p>}
      </div>
    </li>
  )
}

export function Signature({ sign }: { readonly sign: Sign }) {
  const { t } = useTranslation("parts")
  const say = useWords()
  return (
    <p>
      {sign.by === null ? t("steps.system") : `${sign.by.name} · ${say("posts", sign.by.post)}`}
      <br />
      <When at={sign.at} seconds />
    </p>
  )
}

function Looks({ looks }: { readonly looks: Use["registered"] }) {
  const { t } = useTranslation("parts")
  const say = useWords()
  return (
    <>
      <p className="hd-step-word">{t("steps.looks", { count: looks.length })}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list scrolls, also by the keyboard */}
      <ul className="hd-step-looks" tabIndex={0} aria-label={t("steps.registered")}>
        {looks.map((look) => (
          <li key={look.traceId}>
            {look.by.name} · {say("posts", look.by.post)} ·{" "}
            {look.fields.map((field) => say("fields", field)).join("、")}
            <br />
            <When at={look.at} seconds />
          </li>
        ))}
      </ul>
    </>
  )
}
