import { useMutation, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Alert, Button, Form, Input, Radio, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type HandingForm, handingForms } from "../../../lifecycle/catalogue/approval-shape.ts"
import { type FieldCode, isFieldCode } from "../../../lifecycle/catalogue/field.ts"
import { countExport } from "../../../lifecycle/export/contract.ts"
import { applyForSharing, listParties } from "../../../lifecycle/parties/contract.ts"
import { listBuildings } from "../../../lifecycle/store/contract.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import "../applications/applications.css"
import { type Count, fits } from "../exports/count.ts"

interface Wish {
  readonly partyId: string
  readonly purpose: string
  readonly fields: FieldCode[]
  readonly buildingIds: string[]
  readonly form: HandingForm
  readonly hours: number
  readonly keepUntil: string
}

/** To whom, what, of which buildings: counted, then applied for. Clause 4.10. */
export function NewSharingPage() {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  const { counting, sending, counted, isFit } = useSharing()
  return (
    <Page
      title={t("share.title")}
      hint={t("share.hint")}
      back={<PathLink to={paths.parties(communityId)}>‹ {t("title")}</PathLink>}
    >
      <Form<Wish>
        className="hd-apply"
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        initialValues={{ form: "share", hours: 8, fields: [] }}
        onValuesChange={() => counting.reset()}
        onFinish={(wish) => (counted === undefined ? counting.mutate(wish) : sending.mutate(wish))}
      >
        <What />
        <How />
        {counted && <Counted counted={counted} />}
        <RefusalAlert error={counting.error ?? sending.error} />
        <Button
          type="primary"
          size="large"
          htmlType="submit"
          loading={counting.isPending || sending.isPending}
          disabled={counted !== undefined && !isFit}
        >
          {counted === undefined ? t("share.count") : t("share.submit")}
        </Button>
      </Form>
    </Page>
  )
}

function Counted({ counted }: { readonly counted: Count }) {
  const { t } = useTranslation("parties")
  const { rows, children, most } = counted
  const staying = children > 0 ? t("share.children", { children }) : undefined
  const why = rows > most || rows === 0 ? t("share.tooMany", { most }) : staying
  return (
    <Alert
      className="hd-refusal"
      role="status"
      type={fits(counted) ? "info" : "warning"}
      showIcon
      title={t("share.counted", { ...counted })}
      description={why}
    />
  )
}

function useSharing() {
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
      call(applyForSharing, { params, body: { ...wish, applicationId, rows: counted?.rows ?? 0 } }),
    onSuccess: () => void navigate({ to: paths.application(communityId, applicationId) }),
    onError: () => counting.reset(),
  })
  const isFit = counted !== undefined && fits(counted)
  return { counting, sending, counted, isFit }
}

/** Only contracts that run, and of each only what it lists. */
function useContracts() {
  const { communityId } = useCommunity()
  const form = Form.useFormInstance<Wish>()
  const partyId = Form.useWatch("partyId", form)
  const purpose = Form.useWatch("purpose", form)
  const { data } = useQuery(ask(listParties, { params: { communityId } }))
  const live = data?.parties.filter(({ state }) => state === "live") ?? []
  const scope = live.find((one) => one.partyId === partyId)?.scope ?? []
  const fields = scope.find((one) => one.purpose === purpose)?.fields.filter(isFieldCode) ?? []
  return { form, live, scope, fields, isNone: data !== undefined && live.length === 0 }
}

function What() {
  const { t } = useTranslation("parties")
  const word = useWords()
  const { form, live, scope, fields, isNone } = useContracts()
  const rules = [{ required: true, message: t("required") }]
  return (
    <>
      <Form.Item
        name="partyId"
        label={t("columns.name")}
        rules={rules}
        extra={isNone ? t("share.noParty") : undefined}
      >
        <Select
          onChange={() => form.resetFields(["purpose", "fields"])}
          options={live.map((one) => ({ value: one.partyId, label: `${one.name}（${one.contractNumber}）` }))}
        />
      </Form.Item>
      <Form.Item name="purpose" label={t("enter.purpose")} rules={rules}>
        <Select
          disabled={scope.length === 0}
          onChange={() => form.setFieldValue("fields", [])}
          options={scope.map((one) => ({ value: one.purpose, label: word("purposes", one.purpose) }))}
        />
      </Form.Item>
      <Form.Item name="fields" label={t("enter.fields")} rules={rules}>
        <Select
          mode="multiple"
          disabled={fields.length === 0}
          options={fields.map((value) => ({ value, label: word("fields", value) }))}
        />
      </Form.Item>
      <Buildings />
    </>
  )
}

function Buildings() {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  const { data } = useQuery(ask(listBuildings, { params: { communityId } }))
  return (
    <Form.Item
      name="buildingIds"
      label={t("share.buildings")}
      rules={[{ required: true, message: t("required") }]}
    >
      <Select
        mode="multiple"
        showSearch={{ optionFilterProp: "label" }}
        options={data?.buildings.map((one) => ({ value: one.buildingId, label: one.name })) ?? []}
      />
    </Form.Item>
  )
}

function How() {
  const { t } = useTranslation("parties")
  return (
    <>
      <Form.Item name="form" label={t("share.form")}>
        <Radio.Group
          options={handingForms.toReversed().map((value) => ({ value, label: t(`share.forms.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="keepUntil"
        label={t("share.keepUntil")}
        extra={t("share.keepHint")}
        rules={[{ required: true, message: t("required") }]}
      >
        <Input type="date" className="hd-parties-day" />
      </Form.Item>
      <Form.Item name="hours" label={t("share.hours")} extra={t("share.hoursHint")}>
        <Select
          options={[1, 4, 8, 24, 48, 72].map((count) => ({
            value: count,
            label: t("share.hoursOf", { count }),
          }))}
        />
      </Form.Item>
    </>
  )
}
