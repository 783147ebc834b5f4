import { Input } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { RegimeView } from "../../../lifecycle/catalogue/contract.ts"
import { Icon } from "../../parts/icon.tsx"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { useWords } from "../../parts/use-words.ts"
import { labelOf } from "./label-of.ts"

type Field = RegimeView["fields"][number]

/** Every field with class, sensitivity, mask, retention and law. Clause 1.6. */
export function FieldTable({ regime }: { readonly regime: RegimeView }) {
  const { t } = useTranslation("regime")
  const say = useWords()
  const [find, setFind] = useState("")
  const retentionOf = (code: string) => {
    const found = regime.retention.find((one) => one.code === code)
    return found === undefined ? code : labelOf(found)
  }
  const columns: ListColumn<Field>[] = [
    { key: "field", title: t("field"), render: labelOf, card: "title" },
    { key: "class", title: t("class"), render: (field) => say("classes", field.class), card: "extra" },
    {
      key: "sensitivity",
      title: t("sensitivity"),
      render: (field) => say("sensitivities", field.sensitivity),
    },
    {
      key: "mask",
      title: t("mask"),
      render: (field) => <span className="hd-mask">{field.maskExample}</span>,
    },
    { key: "retention", title: t("retention"), render: (field) => retentionOf(field.retention) },
    {
      key: "law",
      title: t("law"),
      render: (field) => <span className="hd-faint hd-wrap">{articles(field.law)}</span>,
    },
  ]
  return (
    <>
      <Input
        data-search
        allowClear
        className="hd-find hd-find-alone"
        prefix={<Icon name="search" />}
        placeholder={t("find")}
        aria-label={t("find")}
        value={find}
        onChange={(event) => setFind(event.target.value)}
      />
      <ListRows
        found={regime.fields.filter((field) =>
          labelOf(field).toLowerCase().includes(find.trim().toLowerCase()),
        )}
        columns={columns}
        rowKey={(field) => field.code}
        empty={{ title: t("empty") }}
      />
    </>
  )
}

/** `PIPL 4, PIPL 6, CC 188` as `PIPL 4、6；CC 188`. */
function articles(law: readonly string[]): string {
  const byLaw = new Map<string, string[]>()
  for (const one of law) {
    const [name = "", ...article] = one.split(" ")
    byLaw.set(name, [...(byLaw.get(name) ?? []), article.join(" ")])
  }
  return [...byLaw].map(([name, found]) => `${name} ${found.join("、")}`).join("；")
}
