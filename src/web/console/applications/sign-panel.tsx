import { App, Button, Form, InputNumber, Modal, Radio, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import {
  type ApplicationDetail,
  refusalReasons,
  signApplication,
  type signing,
} from "../../../lifecycle/apply/contract.ts"
import { type FieldCode, isFieldCode } from "../../../lifecycle/catalogue/field.ts"
import { call } from "../../client.ts"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { useApplicationMove } from "./use-application-move.ts"

interface Shown {
  readonly application: ApplicationDetail
}

interface Narrowing {
  readonly fields: FieldCode[]
  readonly personIds: string[]
  readonly hours: number
}

/** Approve, narrower if wanted, or refuse with a reason. At the lower edge, where a thumb reaches it. Clause 4.4. */
export function SignPanel({ application }: Shown) {
  const { t } = useTranslation("applications")
  const word = useWords()
  const { ofCode } = useSentences()
  const { signRefusal, nextPost } = application
  if (nextPost === null) return null
  if (signRefusal !== null) return <p className="hd-faint">{ofCode(signRefusal, { post: nextPost })}</p>
  return (
    <section className="hd-sign" aria-label={t("sign.title")}>
      <h2>{t("sign.as", { post: word("posts", nextPost) })}</h2>
      <SignForm application={application} />
    </section>
  )
}

function SignForm({ application }: Shown) {
  const { t } = useTranslation("applications")
  const [form] = Form.useForm<Narrowing>()
  const [isRefusing, setRefusing] = useState(false)
  const sign = useSign(application)
  const last = application.signed.at(-1)
  const fields = (last?.fields ?? application.fields).filter((field) => isFieldCode(field))
  const personIds = application.persons.filter(({ isLeft }) => isLeft).map(({ personId }) => personId)
  const hours = last?.hours ?? application.hours
  return (
    <Form<Narrowing>
      form={form}
      layout="vertical"
      initialValues={{ fields, personIds, hours }}
      disabled={sign.isPending}
      onFinish={({ personIds: chosen, ...narrowing }) =>
        // Who stays is named only where somebody is left out: there may be hundreds.
        sign.mutate({
          verdict: "approved",
          ...narrowing,
          ...(chosen.length < personIds.length ? { personIds: chosen } : {}),
        })
      }
    >
      <NarrowFields application={application} fields={fields} hours={hours} />
      <div className="hd-sign-buttons">
        <Button danger onClick={() => setRefusing(true)}>
          {t("sign.refuse")}
        </Button>
        <Button type="primary" htmlType="submit" loading={sign.isPending}>
          {t("sign.approve")}
        </Button>
      </div>
      {isRefusing && (
        <RefuseDialog
          onReason={(reason) => sign.mutate({ verdict: "refused", reason })}
          onClose={() => setRefusing(false)}
        />
      )}
    </Form>
  )
}

type Signing = z.input<typeof signing>

function useSign({ applicationId }: ApplicationDetail) {
  const { t } = useTranslation("applications")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  return useApplicationMove(communityId, async (body: Signing) => {
    const signed = await call(signApplication, { params: { communityId, applicationId }, body })
    message.success(t("sign.done"))
    return signed
  })
}

interface NarrowProps extends Shown {
  readonly fields: readonly FieldCode[]
  readonly hours: number
}

function NarrowFields({ application, fields, hours }: NarrowProps) {
  const { t } = useTranslation("applications")
  const word = useWords()
  const left = application.persons.filter(({ isLeft }) => isLeft)
  return (
    <>
      <p className="hd-faint">{t("sign.narrow")}</p>
      <Form.Item name="fields" label={t("sign.fields")} rules={[{ required: true }]}>
        <Select mode="multiple" options={fields.map((value) => ({ value, label: word("fields", value) }))} />
      </Form.Item>
      <Form.Item
        name="personIds"
        label={t("sign.persons")}
        rules={[{ required: true }]}
        hidden={left.length < 2}
      >
        <Select
          mode="multiple"
          maxTagCount={3}
          options={left.map((one) => ({
            value: one.personId,
            label: `${one.place} ${one.masks["name"]?.[0] ?? ""}`,
          }))}
        />
      </Form.Item>
      <Form.Item name="hours" label={t("sign.hours")} rules={[{ required: true }]}>
        <InputNumber min={1} max={hours} precision={0} />
      </Form.Item>
    </>
  )
}

interface RefuseProps {
  readonly onReason: (reason: (typeof refusalReasons)[number]) => void
  readonly onClose: () => void
}

function RefuseDialog({ onReason, onClose }: RefuseProps) {
  const { t } = useTranslation("applications")
  const [reason, setReason] = useState<(typeof refusalReasons)[number] | null>(null)
  const submit = () => {
    if (reason === null) return
    onReason(reason)
    onClose()
  }
  return (
    <Modal
      open
      title={t("sign.reason")}
      okText={t("sign.refuse")}
      okButtonProps={{ danger: true, disabled: reason === null }}
      cancelText={t("sign.cancel")}
      onOk={submit}
      onCancel={onClose}
      width={380}
    >
      <Radio.Group
        vertical
        aria-label={t("sign.reason")}
        value={reason}
        onChange={(event) => setReason(refusalReasons.find((one) => one === event.target.value) ?? null)}
        options={refusalReasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
      />
    </Modal>
  )
}
