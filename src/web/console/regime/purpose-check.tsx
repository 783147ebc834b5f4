import { useQuery } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { lintPurposes } from "../../../lifecycle/catalogue/purpose-lint.ts"
import {
  type FindingView,
  type RegimeTextView,
  readDesk,
  readVersion,
} from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { ask } from "../../client.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { FindingItem } from "./draft-check.tsx"
import type { PurposeText } from "./draft-edit.ts"

/** Told by the server only, which knows the signed assessments and the traces: as of the last saving. */
const toldBySaving: readonly FindingView["code"][] = ["unassessed", "assessment_inherited", "unused"]

export interface PurposeCheckProps {
  readonly purpose: PurposeText
  readonly text: RegimeTextView
  /** What was found when the draft was saved last. */
  readonly saved: readonly FindingView[]
}

/** Reads a purpose while it is typed: what it lacks, why, and what to write instead. Clause 2.2. */
export function PurposeCheck({ purpose, text, saved }: PurposeCheckProps) {
  const { t } = useTranslation("regimeDesk")
  const inForce = useInForce()
  const settled = useSettled(text)
  const written = settled.purposes.find(({ code }) => code === purpose.code)
  if (inForce === undefined || written === undefined) return null
  const read = lintPurposes({
    regime: { ...settled, purposes: [written] },
    inForce,
    assessed: [],
    // Only what nobody used is told by the clock, and that is not read here.
    now: 0,
  }).filter(({ code }) => !toldBySaving.includes(code))
  const told = saved.filter((one) => one.purpose === purpose.code && toldBySaving.includes(one.code))
  const findings = [...read, ...told]
  return (
    <div role="status" aria-live="polite" className="hd-purpose-check" aria-label={t("whileTyping")}>
      {findings.length === 0 ? (
        <span className="hd-faint">{t("whileTypingClean")}</span>
      ) : (
        <ul className="hd-findings">
          {findings.map((one) => (
            <FindingItem key={`${one.code} ${one.field ?? ""}`} finding={one} text={settled} />
          ))}
        </ul>
      )}
    </div>
  )
}

const pauseMilliseconds = 300

/** What was typed, once nobody has typed for a moment. */
function useSettled(text: RegimeTextView): RegimeTextView {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMilliseconds)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** What the regime in force takes already is inherited, not new. */
function useInForce(): RegimeTextView | undefined {
  const { communityId } = useCommunity()
  const desk = useQuery(ask(readDesk, { params: { communityId } }))
  const version = desk.data?.inForce
  const inForce = useQuery({
    ...ask(readVersion, { params: { communityId, version: version ?? 1 } }),
    enabled: version !== undefined,
  })
  return inForce.data?.text
}
