import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button, Progress } from "antd"
import { useEffect } from "react"
import { useTranslation } from "react-i18next"
import {
  listTextFindings,
  listTextScans,
  startTextScan,
  type TextScan,
} from "../../../lifecycle/text/contract.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Guard } from "../../parts/guard.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"

const lookAgainMilliseconds = 1_000

/** The newest scan; asked again each second while it runs. */
function useLastScan(): { readonly scan: TextScan | undefined; readonly isKnown: boolean } {
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const query = useQuery({
    ...ask(listTextScans, { params: { communityId } }),
    refetchInterval: ({ state }) => (isRunning(state.data?.scans[0]) ? lookAgainMilliseconds : false),
  })
  const scan = query.data?.scans[0]
  const found = scan?.found
  const state = scan?.state
  useEffect(() => {
    if (state !== undefined && found !== undefined)
      void client.invalidateQueries({ queryKey: [listTextFindings.path] })
  }, [client, state, found])
  return { scan, isKnown: query.data !== undefined }
}

function isRunning(scan: TextScan | undefined): boolean {
  return scan?.state === "running"
}

/** How far the scan under way has come, or what the last one brought. */
export function LastScan() {
  const { t } = useTranslation("texts")
  const { scan, isKnown } = useLastScan()
  if (!isKnown) return null
  if (scan === undefined) {
    return (
      <p className="hd-scan">
        <b>{t("never")}</b> <span className="hd-faint">{t("neverHint")}</span>
      </p>
    )
  }
  const { scanned, total, found, unreadable, occasion } = scan
  if (scan.state === "running") {
    const percent = total === 0 ? 100 : Math.min(100, Math.floor((scanned / total) * 100))
    return (
      <div className="hd-scan" role="status">
        <b>{t("running")}</b> {t("progress", { scanned, total })}
        <Progress percent={percent} aria-label={t("running")} />
        <span className="hd-faint">{t("runningHint")}</span>
      </div>
    )
  }
  return (
    <p className="hd-scan" role="status">
      <b>{t("last")}</b> <When at={scan.startedAt} /> · {t(`occasions.${occasion}`)} ·{" "}
      {t("result", { scanned, found })}
      {unreadable > 0 && ` · ${t("unreadable", { count: unreadable })}`}
    </p>
  )
}

export function StartScan() {
  const { t } = useTranslation("texts")
  const { communityId, posts } = useCommunity()
  const { scan } = useLastScan()
  const { message } = App.useApp()
  const { ofError } = useSentences()
  const client = useQueryClient()
  const start = useMutation({
    mutationFn: () => call(startTextScan, { params: { communityId }, body: { scanId: newId() } }),
    onSuccess: () => void message.success(t("started")),
    onError: (error) => void message.error(ofError(error)),
    onSettled: () => client.invalidateQueries({ queryKey: [listTextScans.path] }),
  })
  const mayStart = posts.includes("privacy_officer")
  return (
    <Guard reason={!mayStart ? t("notOfficer") : isRunning(scan) ? t("running") : null}>
      {(disabled) => (
        <Button type="primary" disabled={disabled} loading={start.isPending} onClick={() => start.mutate()}>
          {t("start")}
        </Button>
      )}
    </Guard>
  )
}
