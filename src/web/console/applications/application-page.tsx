import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Alert, Button, Descriptions, Popconfirm, Tag } from "antd"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { type ApplicationDetail, endApplication, readApplication } from "../../../lifecycle/apply/contract.ts"
import { handingForms, leavingForms } from "../../../lifecycle/catalogue/approval-shape.ts"
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
import { ApplicationState } from "./application-state.tsx"
import { ApplicationSteps } from "./application-steps.tsx"
import { Concerned } from "./concerned.tsx"
import { SignPanel } from "./sign-panel.tsx"
import { useApplicationMove } from "./use-application-move.ts"
import "../uses/uses.css"
import "./applications.css"

/** One application: four records, masked preview, what to look at twice, and the signature. Clauses 4.2, 4.4. */
export function ApplicationPage() {
  const { t } = useTranslation("applications")
  const { communityId } = useCommunity()
  const applicationId = usePathParam("applicationId")
  const query = useQuery(ask(readApplication, { params: { communityId, applicationId } }))
  const application = query.data
  return (
    <Page
      title={
        application === undefined ? t("detail.loading") : t("detail.title", { number: application.number })
      }
      hint={application && <ApplicationState state={application.state} />}
      back={<PathLink to={paths.applications(communityId)}>‹ {t("title")}</PathLink>}
      actions={application && <Actions application={application} />}
      personal
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {application && <Body application={application} />}
    </Page>
  )
}

interface Shown {
  readonly application: ApplicationDetail
}

function Body({ application }: Shown) {
  const { t } = useTranslation("applications")
  const { registered } = application
  return (
    <div className="hd-use">
      <GrantNotice application={application} />
      <section className="hd-section" aria-label={t("detail.steps")}>
        <h2>{t("detail.steps")}</h2>
        <ApplicationSteps application={application} />
      </section>
      <section className="hd-section" aria-label={t("detail.facts")}>
        <h2>{t("detail.facts")}</h2>
        <Facts application={application} />
      </section>
      <section className="hd-section" aria-label={t("detail.persons")}>
        <h2>{t("detail.persons")}</h2>
        <Concerned application={application} />
      </section>
      {registered.length > 0 && (
        <section className="hd-section">
          <Looks looks={registered} />
        </section>
      )}
      <SignPanel key={application.signed.length} application={application} />
      <PrintedBy />
    </div>
  )
}

function GrantNotice({ application: { form, grant, refusedBy } }: Shown) {
  const { t } = useTranslation("applications")
  const word = useWords()
  if (refusedBy !== null)
    return (
      <Alert type="error" showIcon title={t("detail.refusedByRule", { rule: word("rules", refusedBy) })} />
    )
  if (grant === null) return null
  if (leavingForms.some((one) => one === form)) return <ToCopy />
  const until = new Date(grant.until).toLocaleString()
  const said = grant.begunAt === null ? t("detail.lookFrom", { until }) : t("detail.lookUntil", { until })
  return <Alert type="success" showIcon title={said} />
}

/** What was granted leaves as a file. Clause 4.7. */
function ToCopy() {
  const { t } = useTranslation("exports")
  const { communityId } = useCommunity()
  return (
    <Alert
      type="success"
      showIcon
      title={t("approved")}
      action={<PathLink to={paths.exports(communityId)}>{t("toCopies")}</PathLink>}
    />
  )
}

function FieldsAndForm({ application: { fields, form } }: Shown) {
  const { t } = useTranslation("exports")
  const word = useWords()
  const leaving = handingForms.find((one) => one === form)
  return (
    <>
      {leaving !== undefined && <Tag color="red">{`${t("leavesAs")} · ${t(`form.${leaving}`)}`}</Tag>}
      {fields.map((field) => word("fields", field)).join("、")}
    </>
  )
}

const levels = { free: "default", apply: "orange", reached: "red" } as const

/** What was put together of the households so far, as levels: no list of what it was. Clause 1.5. */
function Exposure({ exposure: { own, team } }: Pick<Shown["application"], "exposure">) {
  const { t } = useTranslation("applications")
  return (
    <>
      <Tag color={levels[own]}>{t("detail.exposureOwn", { level: t(`detail.levels.${own}`) })}</Tag>
      {team !== null && (
        <Tag color={levels[team]}>{t("detail.exposureTeam", { level: t(`detail.levels.${team}`) })}</Tag>
      )}
    </>
  )
}

function Facts({ application }: Shown) {
  const { t } = useTranslation("applications")
  const word = useWords()
  const { communityId } = useCommunity()
  const { history, hints, orderId, orderNumber, requestNumber } = application
  const order =
    orderId === null ? null : (
      <PathLink to={paths.order(communityId, orderId)}>
        {t("detail.order", { number: orderNumber ?? "" })}
      </PathLink>
    )
  const olderOf = (days: number) => (days === 0 ? t("detail.olderNone") : t("detail.older", { days }))
  const hours = t("form.hoursOf", { count: application.hours })
  const items: readonly (readonly [string, ReactNode])[] = [
    [t("columns.purpose"), word("purposes", application.purpose)],
    [t("detail.ground"), order ?? t("detail.request", { number: requestNumber ?? "" })],
    ...(application.outside === null
      ? []
      : [[t("detail.outside"), <b key="outside">{application.outside.name}</b>] as const]),
    [t("columns.fields"), <FieldsAndForm key="fields" application={application} />],
    [t("detail.homes"), t("detail.homesOf", { count: application.homes })],
    [t("detail.duration"), application.single ? `${hours} · ${t("detail.single")}` : hours],
    [t("detail.until"), <When key="until" at={application.expiresAt} />],
    [t("detail.chain"), application.posts.map((post) => word("posts", post)).join(" → ") || "—"],
    [t("detail.history"), t("detail.historyLine", history)],
    [
      t("detail.hints"),
      hints.length === 0
        ? t("detail.noHints")
        : hints.map((hint) => (
            <Tag key={hint} color="orange">
              {t(`hints.${hint}`)}
            </Tag>
          )),
    ],
    [t("detail.exposure"), <Exposure key="exposure" exposure={application.exposure} />],
    ...(application.older ? [[t("detail.olderLabel"), olderOf(application.ageDays)] as const] : []),
    [t("detail.regime"), t("detail.regimeVersion", { version: application.regimeVersion })],
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

function Actions({ application }: Shown) {
  const { t } = useTranslation("applications")
  const { ofCode } = useSentences()
  const { communityId } = useCommunity()
  const { staffId } = useSession()
  const navigate = useNavigate()
  const { applicationId, state, endRefusal, persons } = application
  const params = { communityId, applicationId }
  const end = useApplicationMove(communityId, () => call(endApplication, { params, body: {} }))
  const isOwn = application.applied.by?.staffId === staffId
  // What waits is withdrawn or signed; there is no grant to revoke.
  const isEndable = isOwn || state !== "pending"
  const own = state === "pending" ? t("detail.withdraw") : t("detail.endOwn")
  const again = () =>
    void navigate({
      to: paths.newApplication(communityId),
      search: persons.length === 1 ? { person: persons[0]?.personId } : {},
    })
  return (
    <>
      {isEndable && (
        <Guard reason={endRefusal === null ? null : ofCode(endRefusal)}>
          {(disabled) => (
            <Popconfirm title={t("detail.endConfirm")} onConfirm={() => end.mutate()} disabled={disabled}>
              <Button danger disabled={disabled} loading={end.isPending}>
                {isOwn ? own : t("detail.revoke")}
              </Button>
            </Popconfirm>
          )}
        </Guard>
      )}
      {isOwn && <Button onClick={again}>{t("detail.again")}</Button>}
      <Button onClick={() => window.print()}>{t("detail.print")}</Button>
    </>
  )
}
