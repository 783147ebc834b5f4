import { Button } from "antd"
import { useTranslation } from "react-i18next"
import type { SubmissionView } from "../../../lifecycle/forms/inbox-contract.ts"
import type { ListColumn } from "../../parts/list-page.tsx"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"

export interface InboxColumnsOptions {
  readonly nameOf: (purpose: string) => string
  readonly onDecide: (row: SubmissionView, accepts: boolean) => void
}

export function useInboxColumns({
  nameOf,
  onDecide,
}: InboxColumnsOptions): readonly ListColumn<SubmissionView>[] {
  const { t } = useTranslation("forms")
  const word = useWords()
  return [
    { key: "when", title: t("inbox.when"), card: "extra", render: (row) => <When at={row.at} /> },
    { key: "place", title: t("inbox.place"), card: "title", render: (row) => row.place ?? "—" },
    { key: "purpose", title: t("inbox.purpose"), render: (row) => nameOf(row.purpose) },
    {
      key: "content",
      title: t("inbox.content"),
      render: (row) =>
        row.fields
          .filter((field) => field !== "home")
          .map((field) => `${word("fields", field)} ${row.masks[field]?.join(" ") ?? ""}`)
          .join(" · "),
    },
    {
      key: "agreed",
      title: t("inbox.agreed"),
      render: (row) => row.agreed.map((field) => word("fields", field)).join(" · ") || "—",
    },
    {
      key: "state",
      title: t("inbox.state"),
      render: (row) => <Outcome row={row} onDecide={onDecide} />,
    },
  ]
}

function Outcome({ row, onDecide }: { row: SubmissionView; onDecide: InboxColumnsOptions["onDecide"] }) {
  const { t } = useTranslation("forms")
  if (row.verdict === "accepted") return <>{t(`saved.${row.outcome ?? "kept"}`)}</>
  if (row.verdict === "rejected")
    return (
      <>
        {t("inbox.rejected")} · {t(`inbox.reasons.${row.reason ?? "incomplete"}`)}
      </>
    )
  return (
    <span className="hd-form-place">
      <Button type="primary" size="small" onClick={() => onDecide(row, true)}>
        {t("inbox.accept")}
      </Button>
      <Button size="small" onClick={() => onDecide(row, false)}>
        {t("inbox.reject")}
      </Button>
    </span>
  )
}
