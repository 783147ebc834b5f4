import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { Guard } from "./guard.tsx"
import { Icon } from "./icon.tsx"
import { RefusalAlert } from "./refusal-alert.tsx"
import { type Look, type RevealState, useReveal } from "./use-reveal.ts"

export interface RevealButtonProps {
  /** Any id that is the same for all that belongs to one household; only one household is shown at a time. */
  readonly household: string
  /** Asks the server for the plaintext; not remembered anywhere. */
  readonly look: () => Promise<Look>
  /** What the button says; "show plain text" unless told. */
  readonly label?: string
  /** Why it is not possible; `null`: it is. */
  readonly reason?: string | null
}

/** Shows one value for as long as the server says (30 s) and counts down. Clause 4.2. */
export function RevealButton({ household, look, label, reason = null }: RevealButtonProps) {
  const { t } = useTranslation("parts")
  const { state, show, hide } = useReveal(household, look)
  if (state.phase === "shown") return <RevealedValues state={state} onHide={hide} />
  const again = state.phase === "hidden" && state.before
  return (
    <span className="hd-reveal">
      <Guard reason={reason}>
        {(disabled) => (
          <Button
            type={again ? "default" : "primary"}
            icon={<Icon name="eye" />}
            disabled={disabled}
            loading={state.phase === "asking"}
            onClick={show}
          >
            {again ? t("reveal.again") : (label ?? t("reveal.show"))}
          </Button>
        )}
      </Guard>
      <span className="hd-faint" role="status">
        {again && t("reveal.ended")}
      </span>
      {state.phase === "refused" && <RefusalAlert error={state.error} />}
    </span>
  )
}

interface RevealedValuesProps {
  readonly state: Extract<RevealState, { phase: "shown" }>
  readonly onHide: () => void
}

function RevealedValues({ state, onHide }: RevealedValuesProps) {
  const { t } = useTranslation("parts")
  const values = state.values.length === 0 ? [t("reveal.none")] : state.values
  return (
    <span className="hd-reveal hd-reveal-shown">
      <output className="hd-reveal-values" aria-live="polite">
        {values.map((value, index) => (
          <strong key={index}>{value}</strong>
        ))}
      </output>
      <span className="hd-reveal-left">{t("reveal.left", { seconds: state.left })}</span>
      <Button size="small" onClick={onHide}>
        {t("reveal.hide")}
      </Button>
    </span>
  )
}
