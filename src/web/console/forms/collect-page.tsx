import { useQuery } from "@tanstack/react-query"
import { Tabs } from "antd"
import { useTranslation } from "react-i18next"
import { listForms } from "../../../lifecycle/forms/contract.ts"
import { ask } from "../../client.ts"
import { Page } from "../../parts/page.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { Codes } from "./codes.tsx"
import { DeskForm } from "./desk-form.tsx"
import { Inbox } from "./inbox.tsx"
import { Sheets } from "./sheets.tsx"
import "./forms.css"

/** Everything that is asked of owners: on the screen, on paper, on their own phone. Clauses 2.3, 2.5, 2.8. */
export function CollectPage() {
  const { t } = useTranslation("forms")
  const { communityId } = useCommunity()
  const { values, set } = useFilters()
  const query = useQuery(ask(listForms, { params: { communityId }, query: { channel: "desk" } }))
  const forms = query.data?.forms ?? []
  return (
    <Page
      title={t("title")}
      hint={t("hint")}
      personal
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      <Tabs
        activeKey={values["tab"] ?? "form"}
        onChange={(tab) => set({ tab: tab === "form" ? undefined : tab })}
        destroyOnHidden
        items={[
          { key: "form", label: t("tabs.form"), children: <DeskForm forms={forms} /> },
          { key: "inbox", label: t("tabs.inbox"), children: <Inbox forms={forms} /> },
          { key: "paper", label: t("tabs.paper"), children: <Sheets /> },
          { key: "codes", label: t("tabs.codes"), children: <Codes /> },
        ]}
      />
    </Page>
  )
}
