import { useQuery } from "@tanstack/react-query"
import { Button, Skeleton } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { readRegime } from "../../../lifecycle/catalogue/contract.ts"
import { type ConsentText, listConsentTexts } from "../../../lifecycle/consent/contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Nothing } from "../../parts/nothing.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useConsentAccess } from "./consent-access.ts"
import { TextCard } from "./text-card.tsx"
import { TextEditor } from "./text-editor.tsx"

/** The texts in force, each with its history; the officer writes the next version. Clause 2.6. */
export function TextsTab() {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  const { notOfficer } = useConsentAccess()
  const query = useQuery({
    ...ask(listConsentTexts, { params: { communityId } }),
    // A new text is in force at once: whoever has the page open sees it within half a minute.
    refetchInterval: 30_000,
  })
  const regime = useQuery(ask(readRegime, {}))
  const [editing, setEditing] = useState<ConsentText | "new" | null>(null)
  const features = [...Map.groupBy(query.data?.texts ?? [], ({ feature }) => feature)]
  const add = (
    <Guard reason={notOfficer}>
      {(disabled) => (
        <Button type="primary" disabled={disabled} onClick={() => setEditing("new")}>
          {t("texts.add")}
        </Button>
      )}
    </Guard>
  )
  return (
    <>
      <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Skeleton active paragraph={{ rows: 6 }} />}
      {query.data !== undefined && features.length === 0 && (
        <Nothing title={t("texts.none")} hint={t("texts.noneHint")} action={add} />
      )}
      {features.length > 0 && <div className="hd-consent-bar">{add}</div>}
      {features.map(([feature, versions]) => (
        <TextCard key={feature} versions={versions} onEdit={setEditing} />
      ))}
      {editing !== null && regime.data !== undefined && (
        <TextEditor
          text={editing === "new" ? undefined : editing}
          taken={features.map(([feature]) => feature)}
          regime={regime.data}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  )
}
