import { useMutation, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Alert, Button, Form, Input, Radio, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type LeavingForm, leavingForms } from "../../../lifecycle/catalogue/approval-shape.ts"
import type { FieldCode } from "../../../lifecycle/catalogue/field.ts"
import { applyForExport, countExport } from "../../../lifecycle/export/contract.ts"
import { listBuildings } from "../../../lifecycle/store/contract.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { usePurposes } from "../applications/use-purposes.ts"
import "../applications/applications.css"
import { type Count, fits } from "./count.ts"

interface Wish {
  readonly purpose: string
  readonly fields: FieldCode[]
  readonly buildingIds: string[]
  readonly requestNumber: string
  readonly form: LeavingForm
  readonly hours: number
}

/** Buildings and fields, counted; then the application. Clause 4.7. */
export function NewExportPage() {
  const { t } = useTranslation("exports")
  const { t: apply } = useTranslation("applications")
  const { communityId } = useCommunity()
  const { counting, sending, counted } = useApply()
  const required = { required: true, message: apply("form.missing") }
  return (
    <Page
      title={t("new.title")}
      hint={t("new.hint")}
      back={<PathLink to={paths.exports(communityId)}>‹ {t("new.back")}</PathLink>}
    >
      <Form<Wish>
        className="hd-apply"
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        initialValues={{ form: "export", hours: 8, fields: [] }}
        onValuesChange={() => counting.reset()}
        onFinish={(wish) => (counted === undefined ? counting.mutate(wish) : sending.mutate(wish))}
      >
        <What />
        <Form.Item name="requestNumber" label={apply("form.requestNumber")} rules={[required]}>
          <Input maxLength={40} placeholder={apply("form.requestHint")} />
        </Form.Item>
        <How />
        <Counted counted={counted} />
        <RefusalAlert error={counting.error ?? sending.error} />
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          loading={counting.isPending || sending.isPending}
          disabled={counted !== undefined && !fits(counted)}
        >
          {counted === undefined ? t("new.count") : t("new.submit")}
        </Button>
        <p className="hd-faint">{t("new.recipient")}</p>
      </Form>
    </Page>
  )
}

function useApply() {
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  // Made once: sent again after a lost answer, it is the same application.
  const [applicationId] = useState(newId)
  const params = { communityId }
  const counting = useMutation({
    mutationFn: ({ buildingIds, fields }: Wish) =>
      call(countExport, { params, body: { buildingIds, fields } }),
  })
  const counted = counting.data
  const sending = useMutation({
    mutationFn: (wish: Wish) =>
      call(applyForExport, { params, body: { ...wish, applicationId, rows: counted?.rows ?? 0 } }),
    onSuccess: () => void navigate({ to: paths.application(communityId, applicationId) }),
    onError: () => counting.reset(),
  })
  return { counting, sending, counted }
}

function Counted({ counted }: { readonly counted: Count | undefined }) {
  const { t } = useTranslation("exports")
  if (counted === undefined) return null
  const { rows, children, most } = counted
  const staying = children > 0 ? t("new.children", { children }) : undefined
  const why = rows > most ? t("new.tooMany", { most }) : (staying ?? t("new.nobody"))
  return (
    <Alert
      className="hd-refusal"
      role="status"
      type={fits(counted) ? "info" : "warning"}
      showIcon
      title={t("new.counted", { ...counted })}
      description={fits(counted) ? staying : why}
    />
  )
}

function What() {
  const { t } = useTranslation("exports")
  const { t: apply } = useTranslation("applications")
  const word = useWords()
  const { communityId } = useCommunity()
  const form = Form.useFormInstance<Wish>()
  const chosen = Form.useWatch("purpose", form)
  const purposes = usePurposes()
  const buildings = useQuery(ask(listBuildings, { params: { communityId } }))
  const fields = purposes.find(({ code }) => code === chosen)?.fields ?? []
  const required = { required: true, message: apply("form.missing") }
  return (
    <>
      <Form.Item name="buildingIds" label={t("new.buildings")} rules={[required]}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={buildings.data?.buildings.map((one) => ({ value: one.buildingId, label: one.name })) ?? []}
        />
      </Form.Item>
      <Form.Item name="purpose" label={apply("form.purpose")} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          onChange={() => form.setFieldValue("fields", [])}
          options={purposes.map(({ code, label }) => ({ value: code, label }))}
        />
      </Form.Item>
      <Form.Item
        name="fields"
        label={apply("form.fields")}
        extra={apply("form.fieldsHint")}
        rules={[required]}
      >
        <Select
          mode="multiple"
          disabled={chosen === undefined}
          options={fields.map((value) => ({ value, label: word("fields", value) }))}
          showSearch={{ optionFilterProp: "label" }}
        />
      </Form.Item>
    </>
  )
}

const choices = [1, 4, 8, 24, 48, 72]

function How() {
  const { t } = useTranslation("exports")
  const { t: apply } = useTranslation("applications")
  return (
    <>
      <Form.Item name="form" label={t("new.form")}>
        <Radio.Group
          optionType="button"
          options={leavingForms.toReversed().map((value) => ({ value, label: t(`form.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="hours" label={t("new.hours")} extra={t("new.hoursHint")}>
        <Select
          options={choices.map((count) => ({ value: count, label: apply("form.hoursOf", { count }) }))}
        />
      </Form.Item>
    </>
  )
}
