import { Alert, Button, Form, Input, Radio, Select } from "antd"
import type { KeyboardEvent } from "react"
import { useTranslation } from "react-i18next"
import { orderKinds } from "../../../lifecycle/use/contract.ts"
import { FreeTextGuard } from "../../parts/free-text-guard.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useWords } from "../../parts/use-words.ts"
import type { Caller } from "./caller.ts"
import { useHandlerOptions } from "./handler-options.ts"
import { type Matter, type TakenIn, useIntake } from "./use-intake.ts"
import { useTextGuard } from "./use-text-guard.ts"
import "./orders.css"

export interface MatterFormProps {
  readonly communityId: string
  readonly caller: Caller
  readonly onTakenIn: (taken: TakenIn) => void
}

/** What it is about: a phone, a text, a plate for parking; nothing else is asked. Clause 2.3. */
export function MatterForm({ communityId, caller, onTakenIn }: MatterFormProps) {
  const { t } = useTranslation(["orders", "text"])
  const [form] = Form.useForm<Matter>()
  const kind = Form.useWatch("kind", form) ?? "repair"
  const handler = Form.useWatch("handler", form)
  const intake = useIntake(communityId, caller)
  const handlers = useHandlerOptions(communityId)
  const guard = useTextGuard(form)
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit()
  }
  return (
    <Form<Matter>
      form={form}
      layout="vertical"
      className="hd-intake"
      autoComplete="off"
      requiredMark={false}
      initialValues={{ kind: "repair", phone: caller.typedPhone }}
      onFinish={(matter) => guard.submit(matter, (whole) => intake.mutate(whole, { onSuccess: onTakenIn }))}
      onKeyDown={submitByKey}
      disabled={intake.isPending}
    >
      <KindField />
      <Form.Item
        name="text"
        label={t(`intake.text.${kind}`)}
        extra={t("intake.textNote")}
        rules={[{ required: true, whitespace: true, message: t("intake.textMissing") }]}
      >
        <Input.TextArea
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the household is chosen; the next words go here
          autoFocus
          maxLength={2000}
          autoSize={{ minRows: 3, maxRows: 10 }}
          placeholder={t(`intake.textHint.${kind}`)}
        />
      </Form.Item>
      <FreeTextGuard
        text={guard.text}
        decided={guard.decided}
        targets={kind === "parking" ? ["phone", "plate"] : ["phone"]}
        onText={(text) => form.setFieldsValue({ text })}
        onMove={(target, value, text) => form.setFieldsValue({ [target]: value, text })}
        onKeep={guard.keep}
      />
      {kind === "parking" && (
        <Form.Item name="plate" label={t("intake.plate")}>
          <Input maxLength={20} placeholder={t("intake.plateHint")} />
        </Form.Item>
      )}
      <PhoneField onFile={caller.person?.phone ?? null} />
      <Form.Item name="handler" label={t("intake.handler")}>
        <Select
          allowClear
          placeholder={t("intake.handlerLater")}
          loading={handlers.loading}
          showSearch={{ optionFilterProp: "label" }}
          options={handlers.options}
        />
      </Form.Item>
      {guard.left > 0 && (
        <Alert
          className="hd-refusal"
          role="alert"
          type="error"
          showIcon
          title={t("text:undecided", { count: guard.left })}
        />
      )}
      <RefusalAlert error={intake.error ?? handlers.error} />
      <div className="hd-submit">
        <Button type="primary" size="large" htmlType="submit" loading={intake.isPending}>
          {handler === undefined ? t("intake.submit") : t("intake.submitDispatch")}
        </Button>
        <span className="hd-faint hd-shortcut">{t("intake.shortcut")}</span>
      </div>
    </Form>
  )
}

function KindField() {
  const { t } = useTranslation("orders")
  const word = useWords()
  return (
    <Form.Item name="kind" label={t("intake.kind")}>
      <Radio.Group
        optionType="button"
        options={orderKinds.map((value) => ({ value, label: word("orderKinds", value) }))}
      />
    </Form.Item>
  )
}

function PhoneField({ onFile }: { readonly onFile: string | null }) {
  const { t } = useTranslation("orders")
  const rule = { required: true, whitespace: true, message: t("intake.phoneMissing") }
  return (
    <Form.Item name="phone" label={t("intake.phone")} rules={onFile === null ? [rule] : []}>
      <Input
        type="tel"
        maxLength={30}
        autoComplete="off"
        placeholder={onFile === null ? t("intake.phoneTyped") : t("intake.phoneOnFile", { phone: onFile })}
      />
    </Form.Item>
  )
}
