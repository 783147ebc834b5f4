import { useTranslation } from "react-i18next"
import type { RegimeTextView } from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { compareRegimes, type Difference } from "../../../lifecycle/catalogue/regime-diff.ts"
import { useWords } from "../../parts/use-words.ts"
import { useLimitWords } from "./limit-words.ts"
import { useRegimeWords } from "./regime-words.ts"

interface DifferenceListProps {
  readonly before: RegimeTextView
  readonly after: RegimeTextView
}

/** What differs, a line for each: purposes, cells, fields. Clause 2.3. */
export function DifferenceList({ before, after }: DifferenceListProps) {
  const { t } = useTranslation("regimeDesk")
  const say = useWords()
  const purposes = [...after.purposes, ...before.purposes]
  const words = useRegimeWords({ ...after, purposes })
  const numbers = useLimitWords()
  const { t: watched } = useTranslation("watch")
  const found = compareRegimes(before, after)
  const sentence = (one: Difference) =>
    t(`differences.${one.kind}`, {
      ...("purpose" in one ? { purpose: words.purpose(one.purpose) } : {}),
      ...("field" in one ? { field: words.field(one.field) } : {}),
      ...("part" in one ? { part: t(`parts.${one.part}`), before: one.before, after: one.after } : {}),
      ...(one.kind === "number"
        ? {
            name: numbers.name(one.name),
            before: numbers.value(one.name, one.before),
            after: numbers.value(one.name, one.after),
          }
        : {}),
      ...("rule" in one ? { rule: watched(`codes.${one.rule}`) } : {}),
      ...(one.kind === "cell" ? { before: say("cells", one.before), after: say("cells", one.after) } : {}),
    })
  if (found.length === 0) return <p className="hd-faint">{t("noDifference")}</p>
  return (
    <ul className="hd-differences" aria-label={t("tabs.diff")}>
      {found.map((one) => (
        <li key={JSON.stringify(one)}>{sentence(one)}</li>
      ))}
    </ul>
  )
}
