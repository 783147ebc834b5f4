import "./regime-desk.css"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button, Checkbox, Form, Input, Radio, Select } from "antd"
import { useTranslation } from "react-i18next"
import {
  type AssessmentDetail,
  type AssessmentText,
  beginAssessment,
  changeAssessment,
  listAssessments,
  printAssessment,
  readAssessment,
  risks,
  signAssessment,
} from "../../../lifecycle/catalogue/assessment-contract.ts"
import { assessmentWords } from "../../../lifecycle/catalogue/assessment-document.ts"
import { type RegimeView, readRegime } from "../../../lifecycle/catalogue/contract.ts"
import { type FieldCode, fields, isFieldCode } from "../../../lifecycle/catalogue/field.ts"
import {
  type RegimeTextView,
  readDesk,
  readDraft,
} from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { ask, call, href, Refused } from "../../client.ts"
import { currentLanguage } from "../../i18n.ts"
import { Guard } from "../../parts/guard.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useFilters, usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useSession } from "../../parts/use-session.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { labelOf } from "./label-of.ts"
import { useRegimeAccess } from "./regime-access.ts"

const questions = ["processing", "lawful", "influence", "measures"] as const

/** An impact assessment: the questions of the law, the risk, the review day, and who signed it off. Clause 2.11. */
export function AssessmentPage() {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const assessmentId = usePathParam("assessmentId")
  const { values } = useFilters()
  const query = useQuery({ ...ask(readAssessment, { params: { communityId, assessmentId } }), retry: false })
  const view = query.data
  const asked = values["purpose"] ?? ""
  const isNew = asked !== "" && isAbsent(query.error)
  const purpose = view === undefined ? asked : view.purpose
  return (
    <Page
      title={`${t("assessments")} · ${usePurposeName(purpose)}`}
      hint={t("kept")}
      back={
        <PathLink to={paths.regime(communityId)} search={{ tab: "assessments" }}>
          {t("back")}
        </PathLink>
      }
      actions={view && <Actions view={view} />}
      loading={query.isPending}
      error={isNew ? null : query.error}
    >
      {view && <AssessmentForm key={view.edition} view={view} purpose={purpose} />}
      {isNew && <NewAssessment purpose={purpose} draftId={values["draft"] ?? ""} />}
    </Page>
  )
}

function isAbsent(error: unknown): boolean {
  return error instanceof Refused && error.status === 404
}

function usePurposeName(code: string): string {
  const regime = useQuery(ask(readRegime, {}))
  const known = regime.data?.purposes.find((one) => one.code === code)
  return known === undefined ? code : labelOf(known)
}

/** Begins with the sensitive fields that the purpose takes, in force or in the draft. */
function NewAssessment({ purpose, draftId }: { readonly purpose: string; readonly draftId: string }) {
  const { communityId } = useCommunity()
  const regime = useQuery(ask(readRegime, {}))
  const draft = useQuery({ ...ask(readDraft, { params: { communityId, draftId } }), enabled: draftId !== "" })
  if (regime.data === undefined || (draftId !== "" && draft.isPending)) return null
  return <AssessmentForm purpose={purpose} start={startOf(purpose, regime.data, draft.data?.text)} />
}

function startOf(
  code: string,
  regime: RegimeView,
  text: RegimeTextView | undefined,
): Partial<AssessmentText> {
  const inForce = regime.purposes.find((one) => one.code === code)
  const drafted = text?.purposes.find((one) => one.code === code)
  const row = text?.matrix[code] ?? {}
  const isTaken = (field: FieldCode) =>
    [row[field]?.rule, inForce?.cells[field]].some((rule) => rule === "required" || rule === "optional")
  const { isShared = false, isPublished = false } = drafted ?? inForce ?? {}
  return { fields: sensitive.filter(isTaken), isShared, isPublished }
}

const sensitive: readonly FieldCode[] = fields
  .filter(({ sensitivity }) => sensitivity !== "general")
  .map(({ code }) => code)
  .filter(isFieldCode)

function Actions({ view }: { readonly view: AssessmentDetail }) {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const { staffId } = useSession()
  const { isSigner } = useRegimeAccess()
  const client = useQueryClient()
  const params = { communityId, assessmentId: view.assessmentId }
  const sign = useMutation({
    mutationFn: () => call(signAssessment, { params, body: { edition: view.edition } }),
    onSuccess: async () => {
      for (const { path } of [readAssessment, listAssessments, readDesk, readDraft])
        await client.invalidateQueries({ queryKey: [path] })
    },
  })
  const own = view.writtenBy.staffId === staffId ? t("ownAssessment") : null
  return (
    <>
      <Button
        href={href(printAssessment, { params, query: { language: currentLanguage() } })}
        target="_blank"
      >
        {t("pdf")}
      </Button>
      <Button onClick={() => window.print()}>{t("print")}</Button>
      {view.signed === null ? (
        <Guard reason={isSigner ? own : t("onlySigner")}>
          {(disabled) => (
            <Button type="primary" disabled={disabled} loading={sign.isPending} onClick={() => sign.mutate()}>
              {t("sign")}
            </Button>
          )}
        </Guard>
      ) : (
        <span className="hd-faint">
          {t("signed")}：{view.signed.by.name}
        </span>
      )}
      <RefusalAlert error={sign.error} />
    </>
  )
}

interface AssessmentFormProps {
  readonly purpose: string
  readonly view?: AssessmentDetail
  readonly start?: Partial<AssessmentText>
}

function AssessmentForm({ purpose, view, start }: AssessmentFormProps) {
  const { t } = useTranslation("regimeDesk")
  const { isOfficer } = useRegimeAccess()
  const say = useWords()
  const save = useSave(purpose, view)
  const asked = assessmentWords[currentLanguage()].questions
  return (
    <Form<AssessmentText>
      layout="vertical"
      requiredMark={false}
      disabled={!isOfficer}
      initialValues={{
        isShared: false,
        isPublished: false,
        risk: "middle",
        reviewBy: inAYear(),
        ...start,
        ...view?.text,
      }}
      onFinish={save.mutate}
    >
      <Form.Item name="fields" label={t("sensitive")}>
        <Select
          mode="multiple"
          options={sensitive.map((code) => ({ value: code, label: say("fields", code) }))}
        />
      </Form.Item>
      <div className="hd-legend">
        <Form.Item name="isShared" valuePropName="checked" noStyle>
          <Checkbox>{t("shared")}</Checkbox>
        </Form.Item>
        <Form.Item name="isPublished" valuePropName="checked" noStyle>
          <Checkbox>{t("published")}</Checkbox>
        </Form.Item>
      </div>
      {questions.map((question) => (
        <Form.Item
          key={question}
          name={question}
          label={asked[question]}
          rules={[{ required: true, whitespace: true, min: 10, message: t("tooShort") }]}
        >
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={4000} />
        </Form.Item>
      ))}
      <Form.Item name="risk" label={t("risk")}>
        <Radio.Group options={risks.map((value) => ({ value, label: t(`risks.${value}`) }))} />
      </Form.Item>
      <Form.Item name="reviewBy" label={t("reviewBy")} extra={t("reviewHint")}>
        <Input type="date" className="hd-code-input" />
      </Form.Item>
      <RefusalAlert error={save.error} />
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t("saveAssessment")}
      </Button>
    </Form>
  )
}

function useSave(purpose: string, view: AssessmentDetail | undefined) {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const assessmentId = usePathParam("assessmentId")
  const { message } = App.useApp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (text: AssessmentText) =>
      view === undefined
        ? call(beginAssessment, { params: { communityId }, body: { assessmentId, purpose, text } })
        : call(changeAssessment, {
            params: { communityId, assessmentId },
            body: { after: view.edition, text },
          }),
    onSuccess: async (saved) => {
      void message.success(t("saved"))
      const { queryKey } = ask(readAssessment, { params: { communityId, assessmentId } })
      client.setQueryData(queryKey, saved)
      await client.invalidateQueries({ queryKey: [listAssessments.path] })
    },
  })
}

function inAYear(): string {
  return new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10)
}
