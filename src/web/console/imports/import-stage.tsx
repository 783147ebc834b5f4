import { Alert, Button } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { ImportDetail } from "../../../lifecycle/collect/contract.ts"
import { PathLink } from "../../parts/path-link.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { paths } from "../../paths.ts"
import { Checked } from "./checked.tsx"
import { CommitButton } from "./commit-button.tsx"
import { Counts } from "./counts.tsx"
import { MappingForm } from "./mapping-form.tsx"
import { Problems } from "./problems.tsx"
import { Running } from "./running.tsx"

export interface ImportStageProps {
  readonly communityId: string
  readonly detail: ImportDetail
}

/** What there is to see and do at the step an import has come to. */
export function ImportStage({ communityId, detail }: ImportStageProps) {
  switch (detail.state) {
    case "reading":
    case "checking":
    case "committing":
      return <Running communityId={communityId} detail={detail} />
    case "uploaded":
      return <MappingForm communityId={communityId} detail={detail} />
    case "checked":
      return <CheckedOrMapping communityId={communityId} detail={detail} />
    case "done":
    case "failed":
    case "cancelled":
      return <Ended communityId={communityId} detail={detail} />
  }
}

/** After the dry run one may still go back to the columns. */
function CheckedOrMapping({ communityId, detail }: ImportStageProps) {
  const [isMapping, setMapping] = useState(false)
  return isMapping ? (
    <MappingForm communityId={communityId} detail={detail} onBack={() => setMapping(false)} />
  ) : (
    <Checked communityId={communityId} detail={detail} onMapping={() => setMapping(true)} />
  )
}

function Ended({ communityId, detail }: ImportStageProps) {
  const { t } = useTranslation("imports")
  const { state, counts } = detail
  return (
    <>
      {state === "done" && <Done communityId={communityId} />}
      {state === "cancelled" && <Cancelled communityId={communityId} detail={detail} />}
      {state === "failed" && <Failed communityId={communityId} detail={detail} />}
      {counts !== null && state !== "failed" && (
        <section className="hd-section" aria-label={t("commit.result")}>
          <h2>{t("commit.result")}</h2>
          <Counts detail={detail} />
        </section>
      )}
      {counts !== null && <Problems communityId={communityId} detail={detail} />}
    </>
  )
}

function Done({ communityId }: Pick<ImportStageProps, "communityId">) {
  const { t } = useTranslation("imports")
  const owners = <PathLink to={paths.owners(communityId)}>{t("commit.owners")}</PathLink>
  return <Alert className="hd-section" type="success" showIcon title={t("commit.done")} action={owners} />
}

/** What was committed stays; the rest can still be taken. */
function Cancelled({ communityId, detail }: ImportStageProps) {
  const { t } = useTranslation("imports")
  return (
    <>
      <Alert
        className="hd-section"
        type="warning"
        showIcon
        title={t("page.cancelled")}
        description={t("page.cancelledText")}
        action={<PathLink to={paths.imports(communityId)}>{t("page.again")}</PathLink>}
      />
      {detail.counts !== null && (
        <div className="hd-import-do">
          <CommitButton communityId={communityId} detail={detail}>
            {t("page.goOn")}
          </CommitButton>
        </div>
      )}
    </>
  )
}

/** Another mapping may help; a damaged file needs another upload. */
function Failed({ communityId, detail }: ImportStageProps) {
  const { t } = useTranslation("imports")
  const { ofCode } = useSentences()
  const [isMapping, setMapping] = useState(false)
  return (
    <>
      <Alert
        className="hd-section"
        type="error"
        showIcon
        title={t("page.failed")}
        description={
          <>
            {detail.failure !== null && ofCode(detail.failure)}{" "}
            {detail.progress.done > 0 && t("page.kept", { count: detail.progress.done })}
          </>
        }
        action={<PathLink to={paths.imports(communityId)}>{t("page.again")}</PathLink>}
      />
      {detail.sheets.length > 0 && !isMapping && (
        <Button className="hd-section" onClick={() => setMapping(true)}>
          {t("page.remap")}
        </Button>
      )}
      {isMapping && <MappingForm communityId={communityId} detail={detail} />}
    </>
  )
}
