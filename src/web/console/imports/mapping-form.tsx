import { Alert, Button, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type ColumnFate, checkImport, type ImportDetail } from "../../../lifecycle/collect/contract.ts"
import { call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Nothing } from "../../parts/nothing.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { MappingTable } from "./mapping-table.tsx"
import { useImportMove } from "./use-import-move.ts"
import { useMayImport } from "./use-may-import.ts"

export interface MappingFormProps {
  readonly communityId: string
  readonly detail: ImportDetail
  /** Where one came from the result of a dry run: the way back to it. */
  readonly onBack?: () => void
}

/** Which sheet, and what each of its columns is; then the dry run. Clauses 2.3, 2.12. */
export function MappingForm({ communityId, detail, onBack }: MappingFormProps) {
  const { t } = useTranslation("imports")
  const reason = useMayImport()
  const [sheetIndex, setSheetIndex] = useState(detail.sheetIndex)
  const sheet = detail.sheets.find(({ index }) => index === sheetIndex) ?? detail.sheets[0]
  const [changes, setChanges] = useState<ReadonlyMap<number, ColumnFate>>(new Map())
  const fates = sheet?.columns.map((column) => changes.get(column.index) ?? column.fate) ?? []
  const params = { communityId, importId: detail.importId }
  const check = useImportMove(communityId, () => call(checkImport, { params, body: { sheetIndex, fates } }))
  if (sheet === undefined) return <Nothing title={t("mapping.noSamples")} />
  return (
    <section className="hd-section" aria-label={t("mapping.title")}>
      <h2>{t("mapping.title")}</h2>
      <p className="hd-faint">
        {t("mapping.hint")} {t("mapping.misread")}
      </p>
      {detail.layout !== null && (
        <Alert className="hd-section" type="success" showIcon title={t("mapping.layout")} />
      )}
      {detail.sheets.length > 1 && (
        <SheetChoice
          sheets={detail.sheets}
          value={sheet.index}
          onChange={(index) => {
            setSheetIndex(index)
            setChanges(new Map())
          }}
        />
      )}
      <MappingTable
        columns={sheet.columns}
        fates={fates}
        onChange={(index, fate) => setChanges(new Map(changes).set(index, fate))}
      />
      <div className="hd-import-do">
        <Guard reason={reason}>
          {(disabled) => (
            <Button
              type="primary"
              size="large"
              disabled={disabled}
              loading={check.isPending}
              onClick={() => check.mutate()}
            >
              {t("mapping.check")}
            </Button>
          )}
        </Guard>
        {onBack && <Button onClick={onBack}>{t("mapping.cancelBack")}</Button>}
        <span className="hd-faint">{t("mapping.checkHint")}</span>
      </div>
      <RefusalAlert error={check.error} />
    </section>
  )
}

interface SheetChoiceProps {
  readonly sheets: ImportDetail["sheets"]
  readonly value: number
  readonly onChange: (index: number) => void
}

function SheetChoice({ sheets, value, onChange }: SheetChoiceProps) {
  const { t } = useTranslation("imports")
  return (
    <p>
      {t("mapping.sheet")}{" "}
      <Select
        className="hd-sheet"
        aria-label={t("mapping.sheet")}
        value={value}
        onChange={onChange}
        options={sheets.map(({ index, name, rows, hidden }) => ({
          value: index,
          label: t(hidden ? "mapping.sheetHidden" : "mapping.sheetOption", { name, rows }),
        }))}
      />
    </p>
  )
}
