import { useQuery } from "@tanstack/react-query"
import { Alert, Button, Descriptions, Popconfirm } from "antd"
import type { ReactNode } from "react"
import { useEffect } from "react"
import { useTranslation } from "react-i18next"
import { type EmergencyDetail, endEmergency, readEmergency } from "../../../lifecycle/emergency/contract.ts"
import { ask, call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useSession } from "../../parts/use-session.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { Looks } from "../uses/looks.tsx"
import { PrintedBy } from "../uses/printed-by.tsx"
import { EmergencyState } from "./emergency-state.tsx"
import { EmergencySteps } from "./emergency-steps.tsx"
import { Household } from "./household.tsx"
import { ReviewPanel } from "./review-panel.tsx"
import { TellPanel } from "./tell-panel.tsx"
import { useEmergencyMove } from "./use-emergency-move.ts"
import { minutesAndSeconds, useLeft } from "./use-left.ts"
import "../uses/uses.css"
import "./emergencies.css"

/** One emergency: the contact while it runs, four records, two reviews, the owner told. Clauses 4.2, 4.9. */
export function EmergencyPage() {
  const { t } = useTranslation("emergency")
  const { communityId } = useCommunity()
  const emergencyId = usePathParam("emergencyId")
  const query = useQuery(ask(readEmergency, { params: { communityId, emergencyId } }))
  const emergency = query.data
  return (
    <Page
      title={emergency === undefined ? t("title") : t("detail.title", { number: emergency.number })}
      hint={emergency && <EmergencyState state={emergency.state} />}
      back={<PathLink to={paths.emergencies(communityId)}>‹ {t("title")}</PathLink>}
      actions={emergency && <Actions emergency={emergency} />}
      personal
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {emergency && <Body emergency={emergency} onOver={() => void query.refetch()} />}
    </Page>
  )
}

interface Shown {
  readonly emergency: EmergencyDetail
}

function Body({ emergency, onOver }: Shown & { readonly onOver: () => void }) {
  const { t } = useTranslation("emergency")
  const sections: readonly (readonly [string, ReactNode])[] = [
    [t("detail.persons"), <Household key="persons" emergency={emergency} />],
    [t("detail.steps"), <EmergencySteps key="steps" emergency={emergency} />],
    [t("review.title"), <ReviewPanel key={emergency.reviews.length} emergency={emergency} />],
    [t("tell.title"), <TellPanel key="tell" emergency={emergency} />],
    [t("detail.facts"), <Facts key="facts" emergency={emergency} />],
  ]
  return (
    <div className="hd-use">
      {emergency.state === "running" && <Running emergency={emergency} onOver={onOver} />}
      {emergency.state === "overdue" && (
        <Alert type="error" showIcon title={t("overdueBy", { names: emergency.awaited.join("、") })} />
      )}
      {sections.map(([title, content]) => (
        <section key={title} className="hd-section" aria-label={title}>
          <h2>{title}</h2>
          {content}
        </section>
      ))}
      {emergency.registered.length > 0 && (
        <section className="hd-section">
          <Looks looks={emergency.registered} />
        </section>
      )}
      <PrintedBy />
    </div>
  )
}

function Running({ emergency: { until }, onOver }: Shown & { readonly onOver: () => void }) {
  const { t } = useTranslation("emergency")
  const left = useLeft(until)
  const isOver = left === 0
  useEffect(() => {
    if (isOver) onOver()
  }, [isOver, onOver])
  return (
    <Alert
      className="hd-section"
      type="error"
      showIcon
      role="timer"
      title={t("detail.left", { time: minutesAndSeconds(left) })}
      description={t("detail.leftHint")}
    />
  )
}

function Facts({ emergency }: Shown) {
  const { t } = useTranslation("emergency")
  const word = useWords()
  const { ended } = emergency
  const items: readonly (readonly [string, ReactNode])[] = [
    [t("columns.place"), emergency.place],
    [t("columns.reason"), t(`reasons.${emergency.reason}`)],
    [t("form.words"), emergency.words],
    [t("form.fields"), emergency.fields.map((field) => word("fields", field)).join("、")],
    [t("detail.until"), <When key="until" at={emergency.until} seconds />],
    [
      t("detail.ended"),
      ended === null ? "—" : `${t(`ends.${ended.reason}`)}${ended.by === null ? "" : ` · ${ended.by.name}`}`,
    ],
    [t("detail.reviewBy"), <When key="by" at={emergency.reviewBy} />],
    [t("detail.rule"), t("detail.ruleOf", { version: emergency.regimeVersion })],
  ]
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, sm: 1, md: 2 }}
      items={items.map(([label, children]) => ({ key: label, label, children }))}
    />
  )
}

function Actions({ emergency }: Shown) {
  const { t } = useTranslation("emergency")
  const { ofCode } = useSentences()
  const { communityId } = useCommunity()
  const { staffId } = useSession()
  const { emergencyId, broken, endRefusal } = emergency
  const params = { communityId, emergencyId }
  const end = useEmergencyMove(communityId, () => call(endEmergency, { params, body: {} }))
  const isOwn = broken.by.staffId === staffId
  return (
    <>
      <Guard reason={endRefusal === null ? null : ofCode(endRefusal)}>
        {(disabled) => (
          <Popconfirm title={t("detail.endConfirm")} onConfirm={() => end.mutate()} disabled={disabled}>
            <Button danger disabled={disabled} loading={end.isPending}>
              {isOwn ? t("detail.handBack") : t("detail.stop")}
            </Button>
          </Popconfirm>
        )}
      </Guard>
      <Button onClick={() => window.print()}>{t("detail.print")}</Button>
    </>
  )
}
