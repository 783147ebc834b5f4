import { useQuery } from "@tanstack/react-query"
import { Select, Tag, Tooltip } from "antd"
import { useTranslation } from "react-i18next"
import { readRegime } from "../../../lifecycle/catalogue/contract.ts"
import { fieldCodes } from "../../../lifecycle/catalogue/field.ts"
import type { ColumnFate, ImportDetail } from "../../../lifecycle/collect/contract.ts"
import { rosterPlaces } from "../../../lifecycle/collect/mapping.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { useWords } from "../../parts/use-words.ts"
import { usePlaceWord } from "./place-word.ts"

type Column = ImportDetail["sheets"][number]["columns"][number]
type Mapped = Column & { readonly now: ColumnFate }

export interface MappingTableProps {
  readonly columns: readonly Column[]
  /** The fate of each column as it stands, in the order of `columns`. */
  readonly fates: readonly ColumnFate[]
  readonly onChange: (index: number, fate: ColumnFate) => void
}

/** A line for each column of the sheet: name, masked samples, what it is taken as. */
export function MappingTable({ columns, fates, onChange }: MappingTableProps) {
  const { t } = useTranslation("imports")
  const mapped = columns.map((column, at): Mapped => ({ ...column, now: fates[at] ?? column.fate }))
  const shown: readonly ListColumn<Mapped>[] = [
    {
      key: "column",
      title: t("mapping.column"),
      card: "title",
      width: 200,
      render: (column) => <ColumnName column={column} />,
    },
    {
      key: "samples",
      title: t("mapping.samples"),
      width: 320,
      render: ({ now, samples }) =>
        now.fate === "take" && samples.length > 0 ? (
          <span className="hd-samples">
            {[...new Set(samples)].map((sample) => (
              <span key={sample}>{sample}</span>
            ))}
          </span>
        ) : (
          <span className="hd-faint">{now.fate === "take" ? t("mapping.noSamples") : "—"}</span>
        ),
    },
    {
      key: "fate",
      title: t("mapping.fate"),
      render: (column) => <Fate column={column} onChange={(fate) => onChange(column.index, fate)} />,
    },
  ]
  return (
    <ListRows
      found={mapped}
      columns={shown}
      rowKey={(column) => String(column.index)}
      empty={{ title: t("mapping.noSamples") }}
    />
  )
}

function useHeader(): (column: Column) => string {
  const { t } = useTranslation("imports")
  return ({ header, index }) => (header === "" ? t("mapping.noHeader", { index: index + 1 }) : header)
}

function ColumnName({ column }: { readonly column: Mapped }) {
  const header = useHeader()(column)
  if (column.now.fate === "forbidden") return <del>{header}</del>
  return column.now.fate === "ignore" ? <span className="hd-faint">{header}</span> : <>{header}</>
}

interface FateProps {
  readonly column: Mapped
  readonly onChange: (fate: ColumnFate) => void
}

function Fate({ column, onChange }: FateProps) {
  const { t } = useTranslation("imports")
  const word = useWords()
  const options = useTargets()
  const header = useHeader()(column)
  if (column.now.fate === "forbidden") {
    const field = word("fields", column.now.field)
    return (
      <Tooltip title={t("mapping.forbiddenWhy", { field })}>
        <Tag color="red">
          {t("mapping.forbidden")} · {field}
        </Tag>
      </Tooltip>
    )
  }
  return (
    <Select
      className="hd-fate"
      aria-label={t("mapping.fateOf", { header })}
      showSearch={{ optionFilterProp: "label" }}
      value={column.now.fate === "take" ? column.now.target : ""}
      onChange={(target) => onChange(target === "" ? { fate: "ignore" } : { fate: "take", target })}
      options={options}
    />
  )
}

/** What a column can be taken as: places of the roster, and the fields that move-in may collect. */
function useTargets() {
  const { t } = useTranslation("imports")
  const word = useWords()
  const placeWord = usePlaceWord()
  const { data: regime } = useQuery(ask(readRegime, {}))
  const cells = regime?.purposes.find((purpose) => purpose.code === "move_in")?.cells ?? {}
  const fields = fieldCodes.filter(
    (code) => placeWord(code) === undefined && (cells[code] ?? "forbidden") !== "forbidden",
  )
  return [
    { value: "", label: t("mapping.ignore") },
    {
      label: t("mapping.groups.place"),
      options: rosterPlaces.map((place) => ({ value: place, label: placeWord(place) ?? place })),
    },
    {
      label: t("mapping.groups.field"),
      options: fields.map((code) => ({ value: code, label: word("fields", code) })),
    },
  ]
}
