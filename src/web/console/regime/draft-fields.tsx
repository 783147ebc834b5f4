import { useQuery } from "@tanstack/react-query"
import { Input, Select } from "antd"
import { useTranslation } from "react-i18next"
import { readRegime } from "../../../lifecycle/catalogue/contract.ts"
import { ask } from "../../client.ts"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import type { DraftEdit } from "./draft-edit.ts"
import { labelOf } from "./label-of.ts"

type FieldText = DraftEdit["text"]["fields"][number]

/** What a field is called and how long it is kept; class and mask come with the product. Clause 1.6. */
export function DraftFields({ text, isEditable, onChange }: DraftEdit) {
  const { t } = useTranslation("regimeDesk")
  const { data: regime } = useQuery(ask(readRegime, {}))
  const retention = (regime?.retention ?? []).map((one) => ({ value: one.code, label: labelOf(one) }))
  const put = (changed: FieldText) =>
    onChange({ ...text, fields: text.fields.map((one) => (one.code === changed.code ? changed : one)) })
  const name = (field: FieldText, language: "zh-CN" | "en") => (
    <Input
      aria-label={`${t(language === "en" ? "nameEn" : "nameZh")} ${field.code}`}
      value={field.label[language]}
      disabled={!isEditable}
      maxLength={40}
      onChange={({ target }) => put({ ...field, label: { ...field.label, [language]: target.value } })}
    />
  )
  const columns: ListColumn<FieldText>[] = [
    { key: "code", title: t("code"), render: (field) => field.code, card: "title" },
    { key: "zh", title: t("nameZh"), render: (field) => name(field, "zh-CN") },
    { key: "en", title: t("nameEn"), render: (field) => name(field, "en") },
    {
      key: "retention",
      title: t("retention"),
      render: (field) => (
        <Select
          className="hd-wide"
          aria-label={`${t("retention")} ${field.code}`}
          value={field.retention}
          disabled={!isEditable}
          options={retention}
          onChange={(code: string) => put({ ...field, retention: code })}
        />
      ),
    },
  ]
  return (
    <ListRows found={text.fields} columns={columns} rowKey={(field) => field.code} empty={{ title: "" }} />
  )
}
