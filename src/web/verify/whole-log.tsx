import { useQuery } from "@tanstack/react-query"
import { Alert, Button, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { topLog } from "../../ledger/log-name.ts"
import type { PublicLogs } from "./public-logs.ts"
import { TileGrid } from "./tile-grid.tsx"
import { useWholeLog, type WholeLogState } from "./use-whole-log.ts"

export interface WholeLogProps {
  readonly logs: PublicLogs
  /** The checkpoint of a receipt: its log is checked, and must begin with it. */
  readonly kept: { readonly note: string; readonly checkpoint: { readonly origin: string } } | undefined
}

/** Every entry and tile of a public log, computed anew; tiles light up as they hold. */
export function WholeLog({ logs, kept }: WholeLogProps) {
  const { t } = useTranslation("verify")
  const keys = useQuery({ queryKey: ["public-logs", "keys"], queryFn: () => logs.keys() })
  const [chosen, setChosen] = useState<string | null>(null)
  const { state, start } = useWholeLog(logs)
  const origins = [...new Set(keys.data?.map(({ name }) => name))]
  const origin = chosen ?? kept?.checkpoint.origin ?? origins.find((one) => !one.endsWith(`/${topLog}`))
  const name = (one: string) => {
    const community = one.split("/").at(-1) ?? ""
    return community === topLog ? t("whole.top") : t("whole.of", { community })
  }
  if (origins.length === 0) return null
  return (
    <section className="hd-verify-whole" aria-label={t("whole.title")}>
      <h2>{t("whole.title")}</h2>
      <p className="hd-faint">{t("whole.hint")}</p>
      <div className="hd-verify-buttons">
        <Select
          className="hd-verify-log"
          aria-label={t("whole.log")}
          value={origin ?? null}
          options={origins.map((one) => ({ value: one, label: name(one) }))}
          onChange={(one: string | null) => setChosen(one)}
        />
        <Button
          disabled={origin === undefined || logs.ed25519 === undefined}
          loading={state.phase === "running"}
          onClick={() =>
            origin !== undefined && start(origin, kept?.checkpoint.origin === origin ? kept.note : undefined)
          }
        >
          {t("whole.start")}
        </Button>
      </div>
      <Outcome state={state} />
    </section>
  )
}

function Outcome({ state }: { readonly state: WholeLogState }) {
  const { t } = useTranslation("verify")
  if (state.phase === "idle") return null
  return (
    <div aria-live="polite">
      {state.phase === "good" && (
        <Alert
          type="success"
          showIcon
          title={`${t("whole.good", { size: state.size })}${state.isKept ? t("whole.kept") : ""}${state.witnessed === undefined ? "" : t("whole.witnessed", state.witnessed)}`}
        />
      )}
      {state.phase === "bad" && (
        <Alert type="error" showIcon role="alert" title={<FaultSentence state={state} />} />
      )}
      {state.phase === "failed" && <Alert type="warning" showIcon title={t("whole.unreachable")} />}
      {state.phase === "running" && <p>{t("whole.progress", { leaves: state.leaves, size: state.size })}</p>}
      <TileGrid
        leaves={state.leaves}
        size={state.size}
        bad={state.phase === "bad" ? state.index : undefined}
      />
    </div>
  )
}

function FaultSentence({ state }: { readonly state: Extract<WholeLogState, { phase: "bad" }> }) {
  const { t } = useTranslation("verify")
  const fault = t(`faults.${state.fault}`)
  if (state.index === undefined) return t("whole.bad", { fault })
  return t("whole.badAt", { fault, index: state.index + 1 })
}
