import { Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { DraftDetail, FindingView } from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { useWords } from "../../parts/use-words.ts"
import { useRegimeWords } from "./regime-words.ts"

/** What contradicts in the saved draft, and what its purposes lack; each with what to do. Clauses 2.1–2.3. */
export function DraftCheck({ draft }: { readonly draft: DraftDetail }) {
  const { t } = useTranslation("regimeDesk")
  const say = useWords()
  const words = useRegimeWords(draft.text)
  const { contradictions, findings } = draft
  if (contradictions.length + findings.length === 0) return <p className="hd-faint">{t("clean")}</p>
  const named = (facts: Readonly<Record<string, string>>) => ({
    ...facts,
    ...(facts["purpose"] === undefined ? {} : { purpose: words.purpose(facts["purpose"]) }),
    ...(facts["field"] === undefined ? {} : { field: words.field(facts["field"]) }),
    ...(facts["post"] === undefined ? {} : { post: say("posts", facts["post"]) }),
    ...(facts["other"] === undefined ? {} : { other: say("posts", facts["other"]) }),
  })
  return (
    <ul className="hd-findings" aria-label={t("tabs.check")}>
      {contradictions.map((one) => (
        <li key={JSON.stringify(one)}>
          <Tag color="error">{t("error")}</Tag> {t(`says.${one.code}`, named(one.facts))}
        </li>
      ))}
      {findings.map((one) => (
        <FindingItem key={JSON.stringify(one)} finding={one} text={draft.text} />
      ))}
    </ul>
  )
}

export interface FindingItemProps {
  readonly finding: FindingView
  readonly text: DraftDetail["text"]
}

/** What was found in a purpose, and what to do about it. */
export function FindingItem({ finding, text }: FindingItemProps) {
  const { t } = useTranslation("regimeDesk")
  const words = useRegimeWords(text)
  const { code, level, purpose, field, word = "" } = finding
  const facts = {
    purpose: words.purpose(purpose),
    field: field === undefined ? "" : words.field(field),
    word,
  }
  return (
    <li>
      <Tag color={level}>{t(level)}</Tag> {t(`lint.${code}.says`, facts)}
      <div className="hd-faint">{t(`lint.${code}.propose`)}</div>
    </li>
  )
}
