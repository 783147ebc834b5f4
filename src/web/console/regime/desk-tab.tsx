import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Alert, Button, Form, Input, Modal, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import {
  beginDraft,
  type DraftSummary,
  readDesk,
  readVersion,
  type VersionSummary,
} from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Guard } from "../../parts/guard.tsx"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { DifferenceList } from "./difference-list.tsx"
import { useRegimeAccess } from "./regime-access.ts"
import { useRegimeWords } from "./regime-words.ts"
import { useDeskMove } from "./use-desk-move.ts"

/** Drafts, versions with what differs between them, and what still waits to be assessed. Clauses 2.3, 2.11. */
export function DeskTab() {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const query = useQuery(ask(readDesk, { params: { communityId } }))
  const words = useRegimeWords(undefined)
  const { isOfficer } = useRegimeAccess()
  const [backTo, setBackTo] = useState<number | null>()
  const desk = query.data
  if (desk === undefined) return <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
  const waiting = desk.inherited.map(({ purpose }) => words.purpose(purpose)).join("、")
  return (
    <>
      {waiting !== "" && (
        <Alert className="hd-refusal" type="warning" showIcon title={t("inherited", { purposes: waiting })} />
      )}
      <section className="hd-section">
        <div className="hd-section-head">
          <h2>{t("drafts")}</h2>
          <Guard reason={isOfficer ? null : t("onlyOfficer")}>
            {(disabled) => (
              <Button type="primary" disabled={disabled} onClick={() => setBackTo(null)}>
                {t("newDraft")}
              </Button>
            )}
          </Guard>
        </div>
        <Drafts drafts={desk.drafts} />
      </section>
      <section className="hd-section">
        <h2>{t("versions")}</h2>
        <Versions versions={desk.versions} newest={desk.newest} onRollBack={setBackTo} />
      </section>
      {desk.versions.length > 1 && <Compare versions={desk.versions} />}
      {backTo !== undefined && <BeginDialog backTo={backTo} onClose={() => setBackTo(undefined)} />}
    </>
  )
}

function Drafts({ drafts }: { readonly drafts: readonly DraftSummary[] }) {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const columns: ListColumn<DraftSummary>[] = [
    {
      key: "title",
      title: t("title"),
      card: "title",
      render: (row) => <PathLink to={paths.regimeDraft(communityId, row.draftId)}>{row.title}</PathLink>,
    },
    {
      key: "changed",
      title: t("changedBy"),
      render: (row) => (
        <>
          {row.changedBy.name} <When at={row.changedAt} />
        </>
      ),
    },
    { key: "signatures", title: t("signatures"), render: (row) => <Signers of={row.signatures} /> },
  ]
  return (
    <ListRows
      found={drafts}
      columns={columns}
      rowKey={(row) => row.draftId}
      empty={{ title: t("noDrafts") }}
    />
  )
}

function Signers({ of }: { readonly of: DraftSummary["signatures"] }) {
  const { t } = useTranslation("regimeDesk")
  if (of.length === 0) return <span className="hd-faint">{t("noSignature")}</span>
  return <>{of.map(({ by }) => by.name).join("、")}</>
}

interface VersionsProps {
  readonly versions: readonly VersionSummary[]
  readonly newest: number
  readonly onRollBack: (version: number) => void
}

function Versions({ versions, newest, onRollBack }: VersionsProps) {
  const { t } = useTranslation("regimeDesk")
  const { isOfficer } = useRegimeAccess()
  const what = ({ title, backTo }: VersionSummary) =>
    title === null
      ? t("starting")
      : `${title}${backTo === null ? "" : `（${t("backTo", { version: backTo })}）`}`
  const columns: ListColumn<VersionSummary>[] = [
    {
      key: "version",
      title: t("versions"),
      card: "title",
      render: (row) => t("version", { version: row.version }),
    },
    { key: "title", title: t("title"), render: what },
    { key: "state", title: t("state"), card: "extra", render: (row) => t(`states.${row.state}`) },
    { key: "since", title: t("since"), render: (row) => <When at={row.activeSince} /> },
    {
      key: "signatures",
      title: t("signatures"),
      render: (row) => (row.title === null ? "—" : <Signers of={row.signatures} />),
    },
    {
      key: "back",
      title: "",
      render: (row) =>
        row.version === newest ? null : (
          <Guard reason={isOfficer ? null : t("onlyOfficer")}>
            {(disabled) => (
              <Button size="small" disabled={disabled} onClick={() => onRollBack(row.version)}>
                {t("rollBack")}
              </Button>
            )}
          </Guard>
        ),
    },
  ]
  return (
    <ListRows
      found={versions}
      columns={columns}
      rowKey={(row) => String(row.version)}
      empty={{ title: "" }}
    />
  )
}

function Compare({ versions }: { readonly versions: readonly VersionSummary[] }) {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const [newest, older] = versions
  const [from, setFrom] = useState(older?.version ?? 1)
  const [to, setTo] = useState(newest?.version ?? 1)
  const before = useQuery(ask(readVersion, { params: { communityId, version: from } }))
  const after = useQuery(ask(readVersion, { params: { communityId, version: to } }))
  const options = versions.map(({ version }) => ({ value: version, label: t("version", { version }) }))
  return (
    <section className="hd-section">
      <h2>{t("compare")}</h2>
      <p className="hd-legend">
        <Select aria-label={t("compareFrom")} value={from} onChange={setFrom} options={options} />
        <span>→</span>
        <Select aria-label={t("compareTo")} value={to} onChange={setTo} options={options} />
      </p>
      <RefusalAlert error={before.error ?? after.error} />
      {before.data && after.data && <DifferenceList before={before.data.text} after={after.data.text} />}
    </section>
  )
}

interface BeginDialogProps {
  readonly backTo: number | null
  readonly onClose: () => void
}

function BeginDialog({ backTo, onClose }: BeginDialogProps) {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  const [form] = Form.useForm<{ title: string }>()
  const [draftId] = useState(newId)
  const begin = useDeskMove(
    ({ title }: { title: string }) =>
      call(beginDraft, { params: { communityId }, body: { draftId, title, backTo } }),
    () => void navigate({ to: paths.regimeDraft(communityId, draftId) }),
  )
  const title = backTo === null ? t("newDraft") : t("rollBackTitle", { version: backTo })
  return (
    <Modal
      open
      title={title}
      okText={t("begin")}
      cancelText={t("cancel")}
      confirmLoading={begin.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ title: backTo === null ? "" : title }}
        onFinish={begin.mutate}
      >
        <Form.Item
          name="title"
          label={t("title")}
          extra={t("titleHint")}
          rules={[{ required: true, whitespace: true, message: t("titleHint") }]}
        >
          <Input maxLength={80} />
        </Form.Item>
      </Form>
      <RefusalAlert error={begin.error} />
    </Modal>
  )
}
