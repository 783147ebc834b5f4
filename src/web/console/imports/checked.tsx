import { Alert, Button } from "antd"
import { useTranslation } from "react-i18next"
import type { ImportDetail } from "../../../lifecycle/collect/contract.ts"
import { CommitButton } from "./commit-button.tsx"
import { Counts } from "./counts.tsx"
import { Problems } from "./problems.tsx"

export interface CheckedProps {
  readonly communityId: string
  readonly detail: ImportDetail
  readonly onMapping: () => void
}

/** The dry run is over: what it found, and the choice to commit, to change the columns, or to correct the workbook. */
export function Checked({ communityId, detail, onMapping }: CheckedProps) {
  const { t } = useTranslation("imports")
  const taken = detail.counts?.taken ?? 0
  return (
    <>
      <section className="hd-section" aria-label={t("check.result")}>
        <h2>{t("check.result")}</h2>
        <Counts detail={detail} />
        {taken === 0 && <Alert type="warning" showIcon title={t("check.nothing")} />}
        <div className="hd-import-do">
          <CommitButton communityId={communityId} detail={detail} disabled={taken === 0}>
            {t("commit.start", { count: taken })}
          </CommitButton>
          <Button onClick={onMapping}>{t("mapping.back")}</Button>
        </div>
      </section>
      <Problems communityId={communityId} detail={detail} />
    </>
  )
}
