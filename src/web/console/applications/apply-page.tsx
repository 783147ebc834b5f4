import { useMutation } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button, Checkbox, Form, Input, Radio, Select, Tag } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { applyForUse } from "../../../lifecycle/apply/contract.ts"
import { call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { PlacePicker } from "../orders/place-picker.tsx"
import { useOpenOrders, usePurposes } from "./use-purposes.ts"
import { bodyOf, type Wish } from "./wish.ts"
import "./applications.css"

interface Subject {
  readonly id: string
  readonly kind: "home" | "person"
  readonly label: string
}

/** Purpose, ground, persons, fields, how long: one short page. Clause 4.2. */
export function ApplyPage() {
  const { t } = useTranslation("applications")
  const { communityId } = useCommunity()
  const { values } = useFilters()
  const named: readonly Subject[] =
    values["person"] === undefined ? [] : [{ id: values["person"], kind: "person", label: t("form.person") }]
  const [subjects, setSubjects] = useState(named)
  const apply = useApply(subjects)
  return (
    <Page
      title={t("form.title")}
      hint={t("form.hint")}
      back={<PathLink to={paths.applications(communityId)}>‹ {t("form.back")}</PathLink>}
      personal
    >
      <Form<Wish>
        className="hd-apply"
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        disabled={apply.isPending}
        initialValues={{ ground: "request", hours: 8, single: false, older: false, fields: [] }}
        onFinish={(wish) => apply.mutate(wish)}
      >
        <Form.Item label={t("form.who")} required>
          <Subjects subjects={subjects} onChange={setSubjects} />
        </Form.Item>
        <PurposeFields />
        <GroundFields />
        <TimeFields />
        <RefusalAlert error={apply.error} />
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          loading={apply.isPending}
          disabled={subjects.length === 0}
        >
          {t("form.submit")}
        </Button>
        {subjects.length === 0 && <p className="hd-faint">{t("form.nobody")}</p>}
      </Form>
    </Page>
  )
}

function useApply(subjects: readonly Subject[]) {
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  // Made once: sent again after a lost answer, it is the same application.
  const [applicationId] = useState(newId)
  const idsOf = (kind: Subject["kind"]) => subjects.filter((one) => one.kind === kind).map(({ id }) => id)
  return useMutation({
    mutationFn: (wish: Wish) =>
      call(applyForUse, {
        params: { communityId },
        body: { ...bodyOf(wish), applicationId, personIds: idsOf("person"), homeIds: idsOf("home") },
      }),
    onSuccess: () => void navigate({ to: paths.application(communityId, applicationId) }),
  })
}

interface SubjectsProps {
  readonly subjects: readonly Subject[]
  readonly onChange: (subjects: readonly Subject[]) => void
}

function Subjects({ subjects, onChange }: SubjectsProps) {
  const { t } = useTranslation("applications")
  const add = ({ homeId, home }: { homeId: string; home: string }) =>
    onChange([...subjects.filter(({ id }) => id !== homeId), { id: homeId, kind: "home", label: home }])
  return (
    <>
      <div className="hd-apply-subjects">
        {subjects.map((one) => (
          <Tag
            key={one.id}
            closable={{ "aria-label": t("form.remove", { what: one.label }) }}
            onClose={() => onChange(subjects.filter(({ id }) => id !== one.id))}
          >
            {one.label}
          </Tag>
        ))}
      </div>
      <PlacePicker onPicked={add} />
      <p className="hd-faint">{t("form.addHome")}</p>
    </>
  )
}

function PurposeFields() {
  const { t } = useTranslation("applications")
  const word = useWords()
  const form = Form.useFormInstance<Wish>()
  const chosen = Form.useWatch("purpose", form)
  const purposes = usePurposes()
  const fields = purposes.find(({ code }) => code === chosen)?.fields ?? []
  const required = { required: true, message: t("form.missing") }
  return (
    <>
      <Form.Item name="purpose" label={t("form.purpose")} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          onChange={() => form.setFieldValue("fields", [])}
          options={purposes.map(({ code, label }) => ({ value: code, label }))}
        />
      </Form.Item>
      <Form.Item name="fields" label={t("form.fields")} extra={t("form.fieldsHint")} rules={[required]}>
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

function GroundFields() {
  const { t } = useTranslation("applications")
  const form = Form.useFormInstance<Wish>()
  const ground = Form.useWatch("ground", form) ?? "request"
  const orders = useOpenOrders()
  const required = { required: true, message: t("form.missing") }
  return (
    <>
      <Form.Item name="ground" label={t("form.ground")}>
        <Radio.Group
          optionType="button"
          options={(["request", "order"] as const).map((value) => ({ value, label: t(`form.${value}`) }))}
        />
      </Form.Item>
      {ground === "request" ? (
        <Form.Item name="requestNumber" label={t("form.requestNumber")} rules={[required]}>
          <Input maxLength={40} placeholder={t("form.requestHint")} />
        </Form.Item>
      ) : (
        <Form.Item name="orderId" label={t("form.order")} rules={[required]}>
          <Select showSearch={{ optionFilterProp: "label" }} options={orders} />
        </Form.Item>
      )}
    </>
  )
}

const choices = [1, 4, 8, 24, 48, 72]

function TimeFields() {
  const { t } = useTranslation("applications")
  return (
    <>
      <Form.Item name="hours" label={t("form.hours")} extra={t("form.hoursHint")}>
        <Select options={choices.map((count) => ({ value: count, label: t("form.hoursOf", { count }) }))} />
      </Form.Item>
      <Form.Item name="single" valuePropName="checked" noStyle>
        <Checkbox>{t("form.single")}</Checkbox>
      </Form.Item>
      <Form.Item name="older" valuePropName="checked">
        <Checkbox>{t("form.older")}</Checkbox>
      </Form.Item>
    </>
  )
}
