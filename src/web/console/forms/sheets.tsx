import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button, InputNumber } from "antd"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { listForms, listSheets, printSheets } from "../../../lifecycle/forms/contract.ts"
import { ask, call } from "../../client.ts"
import { ListRows } from "../../parts/list-page.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSay } from "../../parts/use-say.ts"
import { When } from "../../parts/when.tsx"
import { PaperForm } from "./paper-form.tsx"
import { PurposeSelect } from "./purpose-select.tsx"

/** Paper forms: numbered when they are printed, and listed until they are entered. */
export function Sheets() {
  const { t } = useTranslation("forms")
  const say = useSay()
  const client = useQueryClient()
  const { communityId } = useCommunity()
  const params = { communityId }
  const forms = useQuery(ask(listForms, { params, query: { channel: "paper" } }))
  const sheets = useQuery(ask(listSheets, { params }))
  const [purpose, setPurpose] = useState<string | null>(null)
  const [copies, setCopies] = useState(1)
  const print = useMutation({
    mutationFn: (chosen: string) => call(printSheets, { params, body: { purpose: chosen, copies } }),
    onSuccess: () => void client.invalidateQueries({ queryKey: [listSheets.path] }),
  })
  const printed = print.data
  useEffect(() => {
    // The codes are drawn first.
    const timer = printed === undefined ? undefined : setTimeout(() => window.print(), 400)
    return () => clearTimeout(timer)
  }, [printed])
  const nameOf = (code: string) => {
    const form = forms.data?.forms.find((one) => one.purpose === code)
    return form === undefined ? code : say(form.label)
  }
  return (
    <>
      <div className="hd-form-bar">
        <PurposeSelect forms={forms.data?.forms} value={purpose} onChange={setPurpose} />
        <InputNumber
          aria-label={t("paper.copies")}
          addonBefore={t("paper.copies")}
          min={1}
          max={50}
          value={copies}
          onChange={(next) => setCopies(next ?? 1)}
        />
        <Button
          type="primary"
          disabled={purpose === null}
          loading={print.isPending}
          onClick={() => purpose !== null && print.mutate(purpose)}
        >
          {t("paper.print")}
        </Button>
        {printed !== undefined && <Button onClick={() => window.print()}>{t("paper.again")}</Button>}
        <span className="hd-faint">{t("paper.hint")}</span>
      </div>
      <RefusalAlert error={print.error ?? forms.error ?? sheets.error} />
      {printed?.numbers.map((number) => (
        <PaperForm key={number} number={number} printed={printed} />
      ))}
      <ListRows
        found={sheets.data?.sheets ?? []}
        rowKey={(row) => row.number}
        columns={[
          { key: "number", title: t("paper.number"), card: "title", render: (row) => row.number },
          { key: "purpose", title: t("purpose"), render: (row) => nameOf(row.purpose) },
          { key: "regime", title: t("paper.regime"), render: (row) => row.regimeVersion },
          { key: "by", title: t("paper.by"), render: (row) => row.printedBy },
          { key: "at", title: t("inbox.when"), render: (row) => <When at={row.at} /> },
          {
            key: "entered",
            title: t("inbox.state"),
            card: "extra",
            render: (row) => (row.entered ? t("paper.entered") : t("paper.open")),
          },
        ]}
        empty={{ title: t("paper.empty") }}
      />
    </>
  )
}
