import { Button, Popover } from "antd"
import { useTranslation } from "react-i18next"
import type { Finding } from "../../../duty/watch/contract.ts"
import { When } from "../../parts/when.tsx"
import { useActWord } from "../traces/act-word.ts"

/** The traces a finding rests on: what was done and when, no value. */
export function Evidence({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation("watch")
  const actWord = useActWord()
  const list = (
    <ol className="hd-evidence">
      {finding.evidence.map((one) => (
        <li key={one.traceId}>
          <When at={one.at} seconds /> {actWord(one.act)}
        </li>
      ))}
    </ol>
  )
  return (
    <Popover trigger="click" content={list} title={t("columns.evidence")}>
      <span className="hd-row-actions">
        <Button type="link" size="small">
          {t("evidence", { count: finding.evidence.length })}
        </Button>
      </span>
    </Popover>
  )
}
