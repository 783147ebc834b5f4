import "../../style/matrix.css"
import { Input } from "antd"
import { type KeyboardEvent, useRef } from "react"
import { useTranslation } from "react-i18next"
import { type FieldCode, fieldCodes } from "../../../lifecycle/catalogue/field.ts"
import { citedFields } from "../../../lifecycle/catalogue/lint-words.ts"
import { useWords } from "../../parts/use-words.ts"
import { cellOf, type DraftEdit, withCell } from "./draft-edit.ts"
import { labelOf } from "./label-of.ts"
import { useRegimeWords } from "./regime-words.ts"

const rules = ["required", "optional", "forbidden"] as const
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** The matrix to be edited: arrows move, 1, 2, 3 set, a click goes on to the next rule. Clause 2.3. */
export function DraftGrid(edit: DraftEdit) {
  const { t } = useTranslation("regimeDesk")
  const { text, isEditable, onChange } = edit
  const words = useRegimeWords(text)
  const table = useRef<HTMLTableElement>(null)
  const put = (purpose: string, field: FieldCode, rule: (typeof rules)[number]) => {
    if (isEditable) onChange(withCell(text, { purpose, field }, { ...cellOf(text, purpose, field), rule }))
  }
  const move = (row: number, column: number) =>
    table.current?.querySelector<HTMLElement>(`[data-at="${row}/${column}"]`)?.focus()
  return (
    <>
      <p className="hd-faint">{t("gridHint")}</p>
      <div className="hd-matrix-frame">
        <table className="hd-matrix" ref={table}>
          <caption className="hd-unseen">{t("gridCaption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("tabs.fields")}</th>
              {text.purposes.map((purpose) => (
                <th key={purpose.code} scope="col">
                  {labelOf(purpose) || purpose.code}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fieldCodes.map((field, row) => (
              <tr key={field}>
                <th scope="row">{words.field(field)}</th>
                {text.purposes.map(({ code }, column) => (
                  <td key={code}>
                    <CellButton
                      name={`${words.purpose(code)} ${words.field(field)}`}
                      rule={cellOf(text, code, field).rule}
                      at={[row, column]}
                      onSet={(rule) => put(code, field, rule)}
                      onMove={move}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Grounds {...edit} />
    </>
  )
}

interface CellButtonProps {
  readonly name: string
  readonly rule: (typeof rules)[number]
  readonly at: readonly [number, number]
  readonly onSet: (rule: (typeof rules)[number]) => void
  readonly onMove: (row: number, column: number) => void
}

function CellButton({ name, rule, at: [row, column], onSet, onMove }: CellButtonProps) {
  const { t } = useTranslation("regime")
  const say = useWords()
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const chosen = rules[Number(event.key) - 1]
    if (step === undefined && chosen === undefined) return
    event.preventDefault()
    if (step !== undefined) onMove(row + step[0], column + step[1])
    if (chosen !== undefined) onSet(chosen)
  }
  return (
    <button
      type="button"
      className="hd-cell"
      data-at={`${row}/${column}`}
      tabIndex={row === 0 && column === 0 ? 0 : -1}
      aria-label={`${name}：${say("cells", rule)}`}
      onKeyDown={press}
      onClick={() => onSet(rules[(rules.indexOf(rule) + 1) % rules.length] ?? "forbidden")}
    >
      <span className={`hd-mark hd-mark-${rule}`} aria-hidden="true">
        {t(`matrix.${rule}`)}
      </span>
    </button>
  )
}

/** What identity numbers and bank cards are asked for by. Clause 2.2. */
function Grounds({ text, isEditable, onChange }: DraftEdit) {
  const { t } = useTranslation("regimeDesk")
  const words = useRegimeWords(text)
  const cited = text.purposes.flatMap(({ code }) =>
    fieldCodes
      .filter((field) => citedFields.includes(field) && cellOf(text, code, field).rule !== "forbidden")
      .map((field) => ({ purpose: code, field })),
  )
  if (cited.length === 0) return null
  return (
    <section className="hd-section">
      <h2>{t("ground")}</h2>
      <p className="hd-faint">{t("groundHint")}</p>
      {cited.map(({ purpose, field }) => {
        const cell = cellOf(text, purpose, field)
        const label = `${words.purpose(purpose)} · ${words.field(field)}`
        return (
          <div className="hd-purpose-row" key={`${purpose}/${field}`}>
            <span>{label}</span>
            <Input
              aria-label={`${t("ground")} ${label}`}
              value={cell.ground ?? ""}
              disabled={!isEditable}
              maxLength={300}
              onChange={({ target }) =>
                onChange(withCell(text, { purpose, field }, { ...cell, ground: target.value }))
              }
            />
          </div>
        )
      })}
    </section>
  )
}
