import { useQuery } from "@tanstack/react-query"
import { Button, Form, Input, Modal, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { listStaff } from "../../../duty/people/contract.ts"
import type { FieldCode } from "../../../lifecycle/catalogue/field.ts"
import { enterParty } from "../../../lifecycle/parties/contract.ts"
import { type PartyKind, partyKinds } from "../../../lifecycle/parties/party.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { usePurposes } from "../applications/use-purposes.ts"
import { usePartyMove } from "./use-party-move.ts"

interface Entry {
  readonly name: string
  readonly kind: PartyKind
  readonly contractNumber: string
  readonly from: string
  readonly until: string
  readonly responsible: string
  readonly scope: { purpose: string; fields: FieldCode[] }[]
}

/** A contract with a third party, with what it lets leave. */
export function EnterDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  const [form] = Form.useForm<Entry>()
  const [partyId] = useState(newId)
  const enter = usePartyMove(
    (entry: Entry) => call(enterParty, { params: { communityId }, body: { ...entry, partyId } }),
    onClose,
  )
  return (
    <Modal
      open
      width={640}
      title={t("enter.title")}
      okText={t("enter.submit")}
      cancelText={t("cancel")}
      confirmLoading={enter.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="hd-faint">{t("enter.hint")}</p>
      <Form<Entry>
        form={form}
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        initialValues={{ kind: "processor", scope: [{}] }}
        onFinish={(entry) => enter.mutate(entry)}
      >
        <Contract />
        <ScopeLines />
      </Form>
      <RefusalAlert error={enter.error} />
    </Modal>
  )
}

function Contract() {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  const staff = useQuery(ask(listStaff, { params: { communityId } }))
  const required = { required: true, message: t("required") }
  return (
    <>
      <Form.Item name="name" label={t("enter.name")} rules={[required]}>
        <Input maxLength={60} placeholder={t("enter.nameHint")} />
      </Form.Item>
      <Form.Item name="kind" label={t("enter.kind")}>
        <Select options={partyKinds.map((value) => ({ value, label: t(`kindHints.${value}`) }))} />
      </Form.Item>
      <Form.Item name="contractNumber" label={t("enter.number")} rules={[required]}>
        <Input maxLength={40} placeholder={t("enter.numberHint")} />
      </Form.Item>
      <div className="hd-parties-term">
        <Form.Item name="from" label={t("enter.from")} rules={[required]}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="until" label={t("enter.until")} rules={[required]}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item
        name="responsible"
        label={t("enter.responsible")}
        extra={t("enter.responsibleHint")}
        rules={[required]}
      >
        <Select
          showSearch={{ optionFilterProp: "label" }}
          options={staff.data?.staff.map((one) => ({ value: one.staffId, label: one.name })) ?? []}
        />
      </Form.Item>
    </>
  )
}

function ScopeLines() {
  const { t } = useTranslation("parties")
  return (
    <Form.List name="scope">
      {(lines, { add, remove }) => (
        <fieldset className="hd-parties-lines">
          <legend>{t("enter.scope")}</legend>
          {lines.map(({ key, name }) => (
            <ScopeLine key={key} index={name} onRemove={lines.length === 1 ? null : () => remove(name)} />
          ))}
          <Button type="dashed" onClick={() => add({})}>
            {t("enter.more")}
          </Button>
        </fieldset>
      )}
    </Form.List>
  )
}

interface ScopeLineProps {
  readonly index: number
  readonly onRemove: (() => void) | null
}

function ScopeLine({ index, onRemove }: ScopeLineProps) {
  const { t } = useTranslation("parties")
  const word = useWords()
  const form = Form.useFormInstance<Entry>()
  const chosen: unknown = Form.useWatch(["scope", index, "purpose"], form)
  const purposes = usePurposes()
  const fields = purposes.find(({ code }) => code === chosen)?.fields ?? []
  const required = { required: true, message: t("required") }
  return (
    <div className="hd-parties-line">
      <Form.Item name={[index, "purpose"]} label={t("enter.purpose")} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: "label" }}
          onChange={() => form.setFieldValue(["scope", index, "fields"], [])}
          options={purposes.map(({ code, label }) => ({ value: code, label }))}
        />
      </Form.Item>
      <Form.Item name={[index, "fields"]} label={t("enter.fields")} rules={[required]}>
        <Select
          mode="multiple"
          disabled={fields.length === 0}
          showSearch={{ optionFilterProp: "label" }}
          options={fields.map((value) => ({ value, label: word("fields", value) }))}
        />
      </Form.Item>
      {onRemove && (
        <Button type="text" onClick={onRemove}>
          {t("enter.less")}
        </Button>
      )}
    </div>
  )
}
