import "./regime-desk.css"
import { useQuery } from "@tanstack/react-query"
import { Alert, App, Button, Popconfirm, Tabs, Tag } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { readRegime } from "../../../lifecycle/catalogue/contract.ts"
import {
  changeDraft,
  type DraftDetail,
  type RegimeTextView,
  readDesk,
  readDraft,
  readVersion,
  withdrawDraft,
} from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { ask, call } from "../../client.ts"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useFilters, usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { DifferenceList } from "./difference-list.tsx"
import { DraftCheck } from "./draft-check.tsx"
import { DraftEffect } from "./draft-effect.tsx"
import { DraftFields } from "./draft-fields.tsx"
import { DraftGrid } from "./draft-grid.tsx"
import { DraftLimits } from "./draft-limits.tsx"
import { DraftPurposes } from "./draft-purposes.tsx"
import { DraftSign } from "./draft-sign.tsx"
import { useRegimeAccess } from "./regime-access.ts"
import { useDeskMove } from "./use-desk-move.ts"

/** One draft of the regime: edited, checked, compared, tried on the past, signed. Clauses 2.1–2.3. */
export function DraftPage() {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const draftId = usePathParam("draftId")
  const query = useQuery(ask(readDraft, { params: { communityId, draftId } }))
  const draft = query.data
  return (
    <Page
      title={draft?.title ?? t("drafts")}
      hint={draft && t(`draftStates.${draft.state}`, { version: draft.version ?? 0 })}
      back={
        <PathLink to={paths.regime(communityId)} search={{ tab: "desk" }}>
          {t("back")}
        </PathLink>
      }
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {draft && <DraftDesk key={`${draft.draftId}/${draft.change}`} draft={draft} />}
    </Page>
  )
}

function DraftDesk({ draft }: { readonly draft: DraftDetail }) {
  const { t } = useTranslation("regimeDesk")
  const { t: limits } = useTranslation("regimeLimits")
  const { isOfficer } = useRegimeAccess()
  const { values, set } = useFilters()
  const [text, setText] = useState<RegimeTextView>(draft.text)
  const isDirty = text !== draft.text
  const isEditable = isOfficer && draft.state === "open"
  const edit = { text, isEditable, onChange: setText }
  const errors = draft.contradictions.length + draft.findings.filter(({ level }) => level === "error").length
  return (
    <>
      {draft.isStale && <Alert className="hd-refusal" type="warning" showIcon title={t("stale")} />}
      {isEditable && <SaveBar draft={draft} text={text} isDirty={isDirty} />}
      <Tabs
        activeKey={values["tab"] ?? "purposes"}
        onChange={(tab) => set({ tab: tab === "purposes" ? undefined : tab })}
        items={[
          {
            key: "purposes",
            label: t("tabs.purposes"),
            children: <DraftPurposes {...edit} saved={draft.findings} />,
          },
          { key: "grid", label: t("tabs.grid"), children: <DraftGrid {...edit} /> },
          { key: "fields", label: t("tabs.fields"), children: <DraftFields {...edit} /> },
          { key: "limits", label: limits("tab"), children: <DraftLimits {...edit} /> },
          {
            key: "check",
            label: (
              <>
                {t("tabs.check")} {errors > 0 && <Tag color="error">{errors}</Tag>}
              </>
            ),
            children: <DraftCheck draft={draft} />,
          },
          { key: "diff", label: t("tabs.diff"), children: <AgainstForce text={text} /> },
          { key: "effect", label: t("tabs.effect"), children: <DraftEffect draft={draft} /> },
          { key: "sign", label: t("tabs.sign"), children: <DraftSign draft={draft} isDirty={isDirty} /> },
        ]}
      />
    </>
  )
}

interface SaveBarProps {
  readonly draft: DraftDetail
  readonly text: RegimeTextView
  readonly isDirty: boolean
}

function SaveBar({ draft, text, isDirty }: SaveBarProps) {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const { draftId, change } = draft
  const params = { communityId, draftId }
  const save = useDeskMove(
    () => call(changeDraft, { params, body: { after: change, text } }),
    () => void message.success(t("saved")),
  )
  const withdraw = useDeskMove(() => call(withdrawDraft, { params }))
  return (
    <>
      <div className="hd-savebar">
        <Button
          type="primary"
          disabled={!isDirty && !draft.isStale}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t("save")}
        </Button>
        <span className="hd-faint">{isDirty ? t("unsaved") : t("changeNumber", { change })}</span>
        <Popconfirm title={t("withdrawAsk")} onConfirm={() => withdraw.mutate()}>
          <Button danger type="text">
            {t("withdraw")}
          </Button>
        </Popconfirm>
      </div>
      <RefusalAlert error={save.error ?? withdraw.error} />
    </>
  )
}

function AgainstForce({ text }: { readonly text: RegimeTextView }) {
  const { communityId } = useCommunity()
  const desk = useQuery(ask(readDesk, { params: { communityId } }))
  const regime = useQuery(ask(readRegime, {}))
  // Signed and waiting for its hour counts too: this draft would come after it.
  const version = desk.data?.newest ?? regime.data?.version ?? 1
  const inForce = useQuery(ask(readVersion, { params: { communityId, version } }))
  if (inForce.data === undefined) return <RefusalAlert error={inForce.error} />
  return <DifferenceList before={inForce.data.text} after={text} />
}
