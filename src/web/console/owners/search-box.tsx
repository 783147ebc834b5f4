import { Button, Input, Select, Space } from "antd"
import { type FormEvent, useState } from "react"
import { useTranslation } from "react-i18next"
import { type SearchKind, searchKind } from "../../../lifecycle/store/contract.ts"
import { Icon } from "../../parts/icon.tsx"
import type { OwnerSearch } from "./owners-query.ts"
import "./owners.css"

export interface SearchBoxProps {
  /** `null`: the box was emptied. */
  readonly onSearch: (search: OwnerSearch | null) => void
  readonly loading?: boolean
  readonly autoFocus?: boolean
}

type Chosen = SearchKind | "auto"

/** One box for phone, last four, exact name, plate and home. What is typed never reaches the address or the browser's memory. */
export function SearchBox({ onSearch, loading = false, autoFocus = false }: SearchBoxProps) {
  const { t } = useTranslation("owners")
  const [text, setText] = useState("")
  const [kind, setKind] = useState<Chosen>("auto")
  const search = (chosen: Chosen) => {
    const typed = text.trim()
    if (typed === "") return onSearch(null)
    onSearch(chosen === "auto" ? { text: typed } : { text: typed, kind: chosen })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    search(kind)
  }
  const choose = (chosen: Chosen) => {
    setKind(chosen)
    if (text.trim() !== "") search(chosen)
  }
  const kinds = ["auto", ...searchKind.options] as const
  return (
    <form className="hd-owner-search" role="search" autoComplete="off" onSubmit={submit}>
      <Space.Compact block>
        <Select<Chosen>
          aria-label={t("search.kind")}
          className="hd-owner-search-kind"
          value={kind}
          onChange={choose}
          popupMatchSelectWidth={false}
          options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
        <Input
          data-search
          aria-label={t("search.label")}
          placeholder={t("search.placeholder")}
          value={text}
          maxLength={80}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where a call has come in and is typed at once
          autoFocus={autoFocus}
          autoComplete="off"
          allowClear
          onChange={(event) => setText(event.target.value)}
          onClear={() => onSearch(null)}
        />
        <Button
          type="primary"
          htmlType="submit"
          aria-label={t("search.submit")}
          icon={<Icon name="search" />}
          loading={loading}
        />
      </Space.Compact>
    </form>
  )
}
