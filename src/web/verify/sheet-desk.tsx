import { useQuery } from "@tanstack/react-query"
import { Button, Skeleton } from "antd"
import { useTranslation } from "react-i18next"
import type { Checkpoint } from "../../ledger/checkpoint.ts"
import { Icon } from "../parts/icon.tsx"
import { Fingerprint } from "./fingerprint.tsx"
import type { PublicLogs } from "./public-logs.ts"
import { type CheckedSheet, checkSheet } from "./sheet-check.ts"
import type { Witnessed } from "./witnessed.ts"
import { WitnessedText } from "./witnessed-text.tsx"

const icons = { consistent: "check", unsigned: "warning", inconsistent: "cross" } as const

/** What a phone says that has scanned the sheet: consistent or not, in letters to be read at arm's length. */
export function SheetDesk({ note, logs }: { readonly note: string; readonly logs: PublicLogs }) {
  const { t } = useTranslation("verify")
  const query = useQuery({
    queryKey: ["sheet", note],
    queryFn: () => checkSheet(note, logs),
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <section className="hd-verify-result" aria-live="polite">
      {query.isPending && <Skeleton active title={{ width: "40%" }} />}
      {query.isError && <p role="alert">{t("sheet.unreachable")}</p>}
      {query.data !== undefined && <SheetResult checked={query.data} />}
      <Button loading={query.isFetching} onClick={() => void query.refetch()}>
        {t("sheet.retry")}
      </Button>
    </section>
  )
}

function SheetResult({ checked }: { readonly checked: CheckedSheet }) {
  const { t } = useTranslation("verify")
  const { outcome, printed, live, witnessed } = checked
  const isBad = outcome.kind === "inconsistent"
  return (
    <>
      <p className={`hd-sheet-verdict hd-sheet-${outcome.kind}`}>
        <Icon name={icons[outcome.kind]} size={40} />
        <strong>{t(`sheet.${outcome.kind}`)}</strong>
      </p>
      {isBad && (
        <p role="alert">
          {t(`sheet.faults.${outcome.fault}`)} {t("sheet.advice")}
        </p>
      )}
      {outcome.kind === "unsigned" && <p role="status">{t("sheet.unsignedText")}</p>}
      {!isBad && printed !== undefined && live !== undefined && <Grown from={printed} to={live} />}
      {witnessed !== undefined && <Seen witnessed={witnessed} />}
      {printed !== undefined && <Printed title={t("sheet.printed")} of={printed} />}
      {live !== undefined && <Printed title={t("sheet.live")} of={live} />}
    </>
  )
}

function Grown({ from, to }: { readonly from: Checkpoint; readonly to: Checkpoint }) {
  const { t } = useTranslation("verify")
  return (
    <p>
      {t("sheet.consistentText", { size: from.size, more: to.size - from.size })} {t("sheet.compare")}
    </p>
  )
}

function Seen({ witnessed }: { readonly witnessed: Witnessed }) {
  const { t } = useTranslation("verify")
  return (
    <p>
      <WitnessedText witnessed={witnessed} />
      {witnessed.state === "unknown" && ` ${t("witnesses.unsettled")}`}
    </p>
  )
}

function Printed({ title, of }: { readonly title: string; readonly of: NonNullable<CheckedSheet["live"]> }) {
  const { t } = useTranslation("verify")
  return (
    <div className="hd-sheet-root">
      <h2>
        {title} <span className="hd-faint">{t("sheet.leaves", { size: of.size })}</span>
      </h2>
      <Fingerprint root={of.root} />
    </div>
  )
}
