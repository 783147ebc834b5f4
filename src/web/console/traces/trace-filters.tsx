import { Button, DatePicker, Select, Tag } from "antd"
import dayjs from "dayjs"
import { useTranslation } from "react-i18next"
import { posts } from "../../../duty/people/post.ts"
import { words } from "../../locales/zh-CN/words.ts"
import type { Filters } from "../../parts/use-address.ts"
import { useWords, type WordKind } from "../../parts/use-words.ts"
import { actCodes } from "./act-codes.ts"
import { useActWord } from "./act-word.ts"
import { ActorFilter } from "./actor-filter.tsx"
import "./traces.css"

/** Filters of the traces; the address holds their codes, ids and days. */
export function TraceFilters({ filters }: { readonly filters: Filters }) {
  const actWord = useActWord()
  const acts = actCodes.map((value) => ({ value, label: actWord(value) }))
  return (
    <>
      <ActorFilter filters={filters} />
      <CodeFilter filters={filters} name="act" options={acts} wide />
      <CodeFilter filters={filters} name="post" options={useWordOptions("posts", posts)} />
      <CodeFilter
        filters={filters}
        name="purpose"
        options={useWordOptions("purposes", Object.keys(words.purposes))}
      />
      <CodeFilter
        filters={filters}
        name="outcome"
        options={useWordOptions("outcomes", Object.keys(words.outcomes))}
      />
      <DayFilter filters={filters} name="from" />
      <DayFilter filters={filters} name="until" />
      <FixedFilter filters={filters} name="use" />
      <FixedFilter filters={filters} name="person" />
      <ClearFilters filters={filters} />
    </>
  )
}

interface Option {
  readonly value: string
  readonly label: string
}

function useWordOptions(kind: WordKind, codes: readonly string[]): readonly Option[] {
  const word = useWords()
  return codes.map((value) => ({ value, label: word(kind, value) }))
}

interface CodeFilterProps {
  readonly filters: Filters
  readonly name: "act" | "post" | "purpose" | "outcome"
  readonly options: readonly Option[]
  readonly wide?: boolean
}

function CodeFilter({ filters, name, options, wide = false }: CodeFilterProps) {
  const { t } = useTranslation("traces")
  return (
    <Select
      className={wide ? "hd-trace-filter hd-trace-filter-wide" : "hd-trace-filter"}
      aria-label={t(`filters.${name}`)}
      placeholder={t(`filters.${name}`)}
      allowClear
      popupMatchSelectWidth={false}
      showSearch={{ optionFilterProp: "label" }}
      value={filters.values[name] ?? null}
      onChange={(code: string | null | undefined) => filters.set({ [name]: code ?? undefined })}
      options={[...options]}
    />
  )
}

interface DayFilterProps {
  readonly filters: Filters
  readonly name: "from" | "until"
}

function DayFilter({ filters, name }: DayFilterProps) {
  const { t } = useTranslation("traces")
  const chosen = filters.values[name]
  const day = chosen === undefined ? null : dayjs(chosen)
  return (
    <DatePicker
      className="hd-trace-filter"
      aria-label={t(`filters.${name}`)}
      placeholder={t(`filters.${name}`)}
      value={day?.isValid() === true ? day : null}
      onChange={(picked) => filters.set({ [name]: picked?.format("YYYY-MM-DD") })}
    />
  )
}

/** A filter that a link set: it can be taken away, not chosen. */
function FixedFilter({ filters, name }: { readonly filters: Filters; readonly name: "use" | "person" }) {
  const { t } = useTranslation("traces")
  if (filters.values[name] === undefined) return null
  return (
    <Tag
      className="hd-trace-fixed"
      color="blue"
      closable={{ "aria-label": t("filters.clear") }}
      onClose={(event) => {
        event.preventDefault()
        filters.set({ [name]: undefined })
      }}
    >
      {t(`filters.${name}`)}
    </Tag>
  )
}

function ClearFilters({ filters }: { readonly filters: Filters }) {
  const { t } = useTranslation("traces")
  const names = Object.keys(filters.values)
  if (names.length === 0) return null
  const clear = () => filters.set(Object.fromEntries(names.map((name) => [name, undefined])))
  return (
    <Button type="link" onClick={clear}>
      {t("filters.clear")}
    </Button>
  )
}
