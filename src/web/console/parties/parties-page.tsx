import { useQuery } from "@tanstack/react-query"
import { Button, Tabs } from "antd"
import { useTranslation } from "react-i18next"
import { listSharings } from "../../../lifecycle/parties/contract.ts"
import { ask } from "../../client.ts"
import { Page } from "../../parts/page.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { LedgerTab } from "./ledger-tab.tsx"
import { RegisterTab } from "./register-tab.tsx"
import "./parties.css"

/** Whom owners' data may be given to, what was given, and whether it is gone. Clause 4.10. */
export function PartiesPage() {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  const { values, set } = useFilters()
  const { data } = useQuery(
    ask(listSharings, { params: { communityId }, query: { show: "overdue", limit: 1 } }),
  )
  const overdue = data?.overdue ?? 0
  return (
    <Page
      title={t("title")}
      hint={t("hint")}
      actions={<Button onClick={() => window.print()}>{t("print")}</Button>}
    >
      <Tabs
        activeKey={values["tab"] ?? "ledger"}
        onChange={(tab) => set({ tab: tab === "ledger" ? undefined : tab, show: undefined })}
        destroyOnHidden
        items={[
          {
            key: "ledger",
            label: overdue === 0 ? t("tabs.ledger") : t("tabs.overdue", { count: overdue }),
            children: <LedgerTab />,
          },
          { key: "register", label: t("tabs.register"), children: <RegisterTab /> },
        ]}
      />
    </Page>
  )
}
