import { App, Button, Progress } from "antd"
import { useTranslation } from "react-i18next"
import { cancelImport, type ImportDetail } from "../../../lifecycle/collect/contract.ts"
import { call } from "../../client.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { percentOf } from "./import-progress.ts"
import { useImportMove } from "./use-import-move.ts"

export interface RunningProps {
  readonly communityId: string
  readonly detail: ImportDetail
}

/** The server is at work: how far it is, and the way to stop it. */
export function Running({ communityId, detail }: RunningProps) {
  const { t } = useTranslation("imports")
  const { state, progress } = detail
  if (state === "reading") return <p role="status">{t("page.reading")}</p>
  const title = state === "checking" ? t("check.running") : t("commit.running")
  return (
    <section className="hd-section hd-running" aria-label={title}>
      <h2>{title}</h2>
      <Progress percent={percentOf(progress)} status="active" aria-label={title} />
      <p role="status">{progress.total > 0 && t("check.progress", progress)}</p>
      <p className="hd-faint">{t("page.mayLeave")}</p>
      <Cancel communityId={communityId} detail={detail} />
    </section>
  )
}

function Cancel({ communityId, detail }: RunningProps) {
  const { t } = useTranslation("imports")
  const { modal } = App.useApp()
  const params = { communityId, importId: detail.importId }
  const cancel = useImportMove(communityId, () => call(cancelImport, { params, body: {} }))
  const confirm = () =>
    modal.confirm({
      title: t("page.cancelTitle"),
      content: t("page.cancelText"),
      okText: t("page.cancel"),
      cancelText: t("page.keep"),
      onOk: () => cancel.mutate(),
    })
  return (
    <>
      <Button loading={cancel.isPending} onClick={confirm}>
        {t("page.cancel")}
      </Button>
      <RefusalAlert error={cancel.error} />
    </>
  )
}
