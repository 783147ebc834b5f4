import { Alert, Button } from "antd"
import { useTranslation } from "react-i18next"
import { commitImport, type ImportDetail } from "../../../lifecycle/collect/contract.ts"
import { call } from "../../client.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { Counts } from "./counts.tsx"
import { Problems } from "./problems.tsx"
import { useImportMove } from "./use-import-move.ts"

export interface CheckedProps {
  readonly communityId: string
  readonly detail: ImportDetail
  readonly onMapping: () => void
}

/** The dry run is over: what it found, and the choice to commit, to change the columns, or to correct the workbook. */
export function Checked({ communityId, detail, onMapping }: CheckedProps) {
  const { t } = useTranslation("imports")
  const params = { communityId, importId: detail.importId }
  const commit = useImportMove(communityId, () => call(commitImport, { params, body: {} }))
  const taken = detail.counts?.taken ?? 0
  return (
    <>
      <section className="hd-section" aria-label={t("check.result")}>
        <h2>{t("check.result")}</h2>
        <Counts detail={detail} />
        {taken === 0 && <Alert type="warning" showIcon title={t("check.nothing")} />}
        <div className="hd-import-do">
          <Button
            type="primary"
            size="large"
            disabled={taken === 0}
            loading={commit.isPending}
            onClick={() => commit.mutate()}
          >
            {t("commit.start", { count: taken })}
          </Button>
          <Button onClick={onMapping}>{t("mapping.back")}</Button>
        </div>
        <RefusalAlert error={commit.error} />
      </section>
      <Problems communityId={communityId} importId={detail.importId} />
    </>
  )
}
