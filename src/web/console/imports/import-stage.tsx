import { Alert } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { ImportDetail } from "../../../lifecycle/collect/contract.ts"
import { PathLink } from "../../parts/path-link.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { paths } from "../../paths.ts"
import { Checked } from "./checked.tsx"
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
  return (
    <>
      <Ending communityId={communityId} detail={detail} />
      {detail.counts !== null && (
        <section className="hd-section" aria-label={t("commit.result")}>
          <h2>{t("commit.result")}</h2>
          <Counts detail={detail} />
        </section>
      )}
      {detail.counts !== null && <Problems communityId={communityId} importId={detail.importId} />}
    </>
  )
}

function Ending({ communityId, detail }: ImportStageProps) {
  const { t } = useTranslation("imports")
  const { ofCode } = useSentences()
  if (detail.state === "done") {
    const owners = <PathLink to={paths.owners(communityId)}>{t("commit.owners")}</PathLink>
    return <Alert className="hd-section" type="success" showIcon title={t("commit.done")} action={owners} />
  }
  const isFailed = detail.state === "failed"
  return (
    <Alert
      className="hd-section"
      type={isFailed ? "error" : "warning"}
      showIcon
      title={isFailed ? t("page.failed") : t("page.cancelled")}
      description={isFailed && detail.failure !== null ? ofCode(detail.failure) : t("page.cancelledText")}
      action={<PathLink to={paths.imports(communityId)}>{t("page.again")}</PathLink>}
    />
  )
}
