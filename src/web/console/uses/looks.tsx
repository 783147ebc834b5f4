import { useTranslation } from "react-i18next"
import type { Use } from "../../../lifecycle/use/contract.ts"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"

type Look = Use["registered"][number]

/** Every look of a use, with the trace that was durable before it was released. */
export function Looks({ looks }: { readonly looks: readonly Look[] }) {
  const { t } = useTranslation("uses")
  const word = useWords()
  const columns: readonly ListColumn<Look>[] = [
    { key: "at", title: t("use.look.at"), card: "title", render: (look) => <When at={look.at} seconds /> },
    { key: "by", title: t("use.look.by"), render: (look) => look.by.name },
    { key: "post", title: t("use.look.post"), render: (look) => word("posts", look.by.post) },
    {
      key: "fields",
      title: t("use.look.fields"),
      render: (look) => look.fields.map((field) => word("fields", field)).join("、"),
    },
    {
      key: "trace",
      title: t("use.look.trace"),
      render: (look) => <code className="hd-trace-id">{look.traceId}</code>,
    },
  ]
  return (
    <ListRows
      found={looks}
      columns={columns}
      rowKey={(look) => look.traceId}
      empty={{ title: t("use.noLooks"), hint: t("use.noLooksHint") }}
    />
  )
}
