import { Tabs } from "antd"
import { useTranslation } from "react-i18next"
import { Nothing } from "../../parts/nothing.tsx"
import { Page } from "../../parts/page.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useConsentAccess } from "./consent-access.ts"
import { PersonsTab } from "./persons-tab.tsx"
import { RunsTab } from "./runs-tab.tsx"
import { TextsTab } from "./texts-tab.tsx"
import "./consent.css"

/** What is asked, who answered what, and the uses that run on it. Clauses 2.5–2.7. */
export function ConsentsPage() {
  const { t } = useTranslation("consent")
  const { values, set } = useFilters()
  const { notDesk, notRunReader } = useConsentAccess()
  const closed = (reason: string) => <Nothing title={reason} />
  return (
    <Page title={t("title")} hint={t("hint")} personal>
      <Tabs
        activeKey={values["tab"] ?? "texts"}
        onChange={(tab) =>
          set({ tab: tab === "texts" ? undefined : tab, feature: undefined, state: undefined })
        }
        destroyOnHidden
        items={[
          { key: "texts", label: t("tabs.texts"), children: <TextsTab /> },
          {
            key: "persons",
            label: t("tabs.persons"),
            children: notDesk === null ? <PersonsTab /> : closed(notDesk),
          },
          {
            key: "runs",
            label: t("tabs.runs"),
            children: notRunReader === null ? <RunsTab /> : closed(notRunReader),
          },
        ]}
      />
    </Page>
  )
}
