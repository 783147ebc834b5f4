import { useQuery } from "@tanstack/react-query"
import { Steps } from "antd"
import { useTranslation } from "react-i18next"
import { type ImportDetail, readImport } from "../../../lifecycle/collect/contract.ts"
import { ask } from "../../client.ts"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { importSteps, isRunning, stepReached } from "./import-progress.ts"
import { ImportStage } from "./import-stage.tsx"
import { ImportState } from "./import-state.tsx"
import "./imports.css"

const poll = 1000

/** One import from upload to done. What it shows comes from the server, so a reload changes nothing. Clause 2.12. */
export function ImportPage() {
  const { t } = useTranslation("imports")
  const { communityId } = useCommunity()
  const importId = usePathParam("importId")
  const query = useQuery({
    ...ask(readImport, { params: { communityId, importId } }),
    refetchInterval: ({ state }) => (state.data !== undefined && isRunning(state.data) ? poll : false),
  })
  const detail = query.data
  return (
    <Page
      title={detail?.fileName ?? t("page.loading")}
      hint={detail && <ImportState row={detail} />}
      back={<PathLink to={paths.imports(communityId)}>‹ {t("page.back")}</PathLink>}
      personal
      loading={query.isPending}
      error={detail === undefined ? query.error : null}
      onRetry={() => void query.refetch()}
    >
      {detail && (
        <>
          <ImportSteps detail={detail} />
          <ImportStage communityId={communityId} detail={detail} />
        </>
      )}
    </Page>
  )
}

function ImportSteps({ detail }: { readonly detail: ImportDetail }) {
  const { t } = useTranslation("imports")
  const isStopped = detail.state === "failed" || detail.state === "cancelled"
  const status = isStopped ? "error" : detail.state === "done" ? "finish" : "process"
  return (
    <Steps
      className="hd-import-steps"
      size="small"
      titlePlacement="vertical"
      responsive={false}
      current={importSteps.indexOf(stepReached(detail))}
      status={status}
      items={importSteps.map((step) => ({ title: t(`page.steps.${step}`) }))}
    />
  )
}
