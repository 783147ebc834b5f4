import "./regime-desk.css"
import { useQuery } from "@tanstack/react-query"
import { Tabs } from "antd"
import { useTranslation } from "react-i18next"
import { type RegimeView, readRegime } from "../../../lifecycle/catalogue/contract.ts"
import { ask } from "../../client.ts"
import { Page } from "../../parts/page.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { showInstant } from "../../parts/when.tsx"
import { AssessmentsTab } from "./assessments-tab.tsx"
import { DeskTab } from "./desk-tab.tsx"
import { FieldTable } from "./field-table.tsx"
import { MatrixGrid } from "./matrix-grid.tsx"
import { PostTable } from "./post-table.tsx"
import { useRegimeAccess } from "./regime-access.ts"

/** The regime in force: what may be collected for what, how it is masked and kept, who sees which class. */
export function RegimePage() {
  const { t } = useTranslation("regime")
  const query = useQuery(ask(readRegime, {}))
  const regime = query.data
  return (
    <Page
      title={t("title")}
      hint={
        regime && t("hint", { version: regime.version, since: showInstant(regime.activeSince).slice(0, 10) })
      }
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {regime && <RegimeTabs regime={regime} />}
    </Page>
  )
}

function RegimeTabs({ regime }: { readonly regime: RegimeView }) {
  const { t } = useTranslation("regime")
  const { values, set } = useFilters()
  const { isReader } = useRegimeAccess()
  const desk = [
    { key: "desk", label: t("tabs.desk"), children: <DeskTab /> },
    { key: "assessments", label: t("tabs.assessments"), children: <AssessmentsTab regime={regime} /> },
  ]
  return (
    <Tabs
      className="hd-regime-tabs"
      size="small"
      tabBarGutter={12}
      activeKey={values["tab"] ?? "matrix"}
      onChange={(tab) => set({ tab: tab === "matrix" ? undefined : tab })}
      items={[
        { key: "matrix", label: t("tabs.matrix"), children: <MatrixGrid regime={regime} /> },
        { key: "fields", label: t("tabs.fields"), children: <FieldTable regime={regime} /> },
        { key: "posts", label: t("tabs.posts"), children: <PostTable posts={regime.posts} /> },
        ...(isReader ? desk : []),
      ]}
    />
  )
}
