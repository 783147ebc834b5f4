import { useMutation } from "@tanstack/react-query"
import { Button } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { PersonFeature } from "../../../lifecycle/consent/contract.ts"
import { Guard } from "../../parts/guard.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useSay } from "../../parts/use-say.ts"
import { useWords } from "../../parts/use-words.ts"
import { showInstant } from "../../parts/when.tsx"
import { AnswerDialog, type Way } from "./answer-dialog.tsx"
import { ConsentEvents } from "./consent-events.tsx"
import { ConsentState } from "./consent-state.tsx"
import { useRecord } from "./use-record.ts"
import { WithdrawDialog } from "./withdraw-dialog.tsx"

export interface FeatureCardProps {
  readonly personId: string
  readonly isMinor: boolean
  readonly feature: PersonFeature
}

/** One feature: the state, what it is for, what may be done now, and what was said before. Clauses 2.5–2.7. */
export function FeatureCard({ personId, isMinor, feature }: FeatureCardProps) {
  const { t } = useTranslation("consent")
  const say = useSay()
  const word = useWords()
  const { text, state, given, events } = feature
  const words = say({ "zh-CN": text.words["zh-CN"].name, en: text.words.en.name })
  const use = say({ "zh-CN": text.words["zh-CN"].use, en: text.words.en.use })
  const fields = (codes: readonly string[]) => codes.map((code) => word("fields", code)).join("、")
  return (
    <section className="hd-consent" aria-label={words}>
      <header>
        <h2>{words}</h2>
        <ConsentState state={state} />
      </header>
      <dl className="hd-facts">
        <div>
          <dt>{t("card.use")}</dt>
          <dd>{use}</dd>
        </div>
        <div>
          <dt>{t("card.purpose")}</dt>
          <dd>
            {word("purposes", text.purpose)} · {fields(text.fields)}
          </dd>
        </div>
        {state === "stale" && (
          <div>
            <dt>{t("card.given")}</dt>
            <dd>
              {fields(given)} · {t("card.stale", { version: text.version })}
            </dd>
          </div>
        )}
      </dl>
      <Moves personId={personId} isMinor={isMinor} feature={feature} />
      <ConsentEvents personId={personId} events={events} />
    </section>
  )
}

type Open = Way | "withdraw" | null

/** What may be done now; a question that is too early says until when. */
function Moves({ personId, isMinor, feature }: FeatureCardProps) {
  const { t } = useTranslation("consent")
  const [open, setOpen] = useState<Open>(null)
  const record = useRecord(personId, feature.text)
  const isGiven = feature.state === "given"
  const isStale = feature.state === "stale"
  const until = useCooling(feature)
  const asking = useMutation({
    mutationFn: () => record({ kind: isStale ? "re_asked" : "asked", channel: "desk" }),
    onSuccess: () => setOpen("asked"),
  })
  const close = () => setOpen(null)
  return (
    <>
      <div className="hd-consent-moves">
        {!isGiven && (
          <>
            <Guard reason={until === null ? null : t("card.cooling", { until })}>
              {(disabled) => (
                <Button
                  type="primary"
                  disabled={disabled}
                  loading={asking.isPending}
                  onClick={() => asking.mutate()}
                >
                  {t(isStale ? "card.askAgain" : "card.ask")}
                </Button>
              )}
            </Guard>
            <Button onClick={() => setOpen("paper")}>{t("card.paper")}</Button>
            {until !== null && <Button onClick={() => setOpen("own")}>{t("card.ownWish")}</Button>}
          </>
        )}
        {(isGiven || isStale) && <Button onClick={() => setOpen("withdraw")}>{t("card.withdraw")}</Button>}
        {until !== null && <span className="hd-faint">{t("card.cooling", { until })}</span>}
      </div>
      <RefusalAlert error={asking.error} />
      {open === "withdraw" && <WithdrawDialog personId={personId} text={feature.text} onClose={close} />}
      {open !== null && open !== "withdraw" && (
        <AnswerDialog way={open} personId={personId} isMinor={isMinor} text={feature.text} onClose={close} />
      )}
    </>
  )
}

/** The day from which one may ask again; `null`: now. */
function useCooling({ coolingUntil }: PersonFeature): string | null {
  const [now] = useState(() => Date.now())
  if (coolingUntil === null || Date.parse(coolingUntil) <= now) return null
  return showInstant(coolingUntil).slice(0, 10)
}
