import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, AutoComplete, Form, Input, Modal } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { listProposals, propose } from "../../../duty/stop/proposal-contract.ts"
import { readRegime } from "../../../lifecycle/catalogue/contract.ts"
import type { Kept } from "../../../lifecycle/text/kept.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { judge, type KeptWords } from "../../parts/free-text.ts"
import { FreeTextGuard } from "../../parts/free-text-guard.tsx"
import { LessonOfField } from "../../parts/lesson-of-field.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

interface Wish {
  readonly field: string
  readonly purpose: string
  readonly why: string
}

interface WholeWish extends Wish {
  readonly kept: readonly Kept[]
}

export interface ProposeDialogProps {
  readonly onClose: () => void
}

/** Asks for a new field; whoever may not is told from when, or what is missing. Clause 2.4. */
export function ProposeDialog({ onClose }: ProposeDialogProps) {
  const { t, i18n } = useTranslation("stop")
  const [form] = Form.useForm<Wish>()
  const { field, purpose } = useKnown(i18n.language === "en" ? "en" : "zh-CN")
  const send = usePropose(onClose)
  const required = { required: true, message: t("proposals.required") }
  const asked = Form.useWatch("field", form) ?? ""
  const why = Form.useWatch("why", form) ?? ""
  const [decided, setDecided] = useState<readonly KeptWords[]>([])
  const submit = (wish: Wish) => {
    // The server cuts blanks off: places are counted without them.
    const whole = wish.why.trim()
    const { open, kept } = judge(whole, decided)
    // The guard below shows what is still to be settled.
    if (open.length > 0) return
    const codes = { field: codeOf(field, wish.field), purpose: codeOf(purpose, wish.purpose) }
    send.mutate({ ...codes, why: whole, kept })
  }
  return (
    <Modal
      open
      title={t("proposals.title")}
      okText={t("proposals.send")}
      cancelText={t("attempts.cancel")}
      confirmLoading={send.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Wish> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="field" label={t("proposals.field")} rules={[required]}>
          <AutoComplete
            maxLength={40}
            options={field.map(({ label }) => ({ value: label }))}
            showSearch={{ filterOption: true }}
          />
        </Form.Item>
        <Form.Item name="purpose" label={t("proposals.purpose")} rules={[required]}>
          <AutoComplete
            maxLength={60}
            options={purpose.map(({ label }) => ({ value: label }))}
            showSearch={{ filterOption: true }}
          />
        </Form.Item>
        <Form.Item name="why" label={t("proposals.why")} rules={[required]}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      </Form>
      <FreeTextGuard
        text={why}
        decided={decided}
        targets={[]}
        onText={(text) => form.setFieldValue("why", text)}
        onMove={() => undefined}
        onKeep={(one) => setDecided((before) => [...before, one])}
      />
      <RefusalAlert error={send.error} />
      {send.isError && <LessonOfField field={codeOf(field, asked)} />}
    </Modal>
  )
}

type Known = readonly { readonly code: string; readonly label: string }[]

/** A word of the catalogue goes as its code; any other as it was typed. */
function codeOf(known: Known, typed: string): string {
  return known.find(({ label }) => label === typed.trim())?.code ?? typed
}

function useKnown(language: "zh-CN" | "en"): { readonly field: Known; readonly purpose: Known } {
  const { data } = useQuery(ask(readRegime, {}))
  return {
    field: (data?.fields ?? []).map(({ code, label }) => ({ code, label: label[language] })),
    purpose: (data?.purposes ?? []).map(({ code, label }) => ({ code, label: label[language] })),
  }
}

function usePropose(onDone: () => void) {
  const { t } = useTranslation("stop")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [proposalId] = useState(newId)
  return useMutation({
    mutationFn: ({ kept, ...wish }: WholeWish) =>
      call(propose, { params: { communityId }, body: { proposalId, ...wish, kept: [...kept] } }),
    onSuccess: async () => {
      void message.success(t("proposals.sent"))
      onDone()
      await client.invalidateQueries({ queryKey: [listProposals.path] })
    },
  })
}
