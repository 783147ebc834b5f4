import { Form, Input, Modal, Radio } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { recordProof, type Sharing } from "../../../lifecycle/parties/contract.ts"
import { call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { showInstant } from "../../parts/when.tsx"
import { PaperInput } from "./paper-input.tsx"
import { usePartyMove } from "./use-party-move.ts"

interface Proof {
  readonly kind: "returned" | "deleted"
  readonly day: string
  readonly evidence: "paper" | "statement"
}

export interface ProofDialogProps {
  readonly sharing: Sharing
  readonly onClose: () => void
}

/** What shows that the third party keeps nothing. */
export function ProofDialog({ sharing: { applicationId, party }, onClose }: ProofDialogProps) {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  const [form] = Form.useForm<Proof>()
  const [proofId] = useState(newId)
  const [paper, setPaper] = useState<string>()
  const evidence = Form.useWatch("evidence", form)
  const [today] = useState(() => showInstant(new Date().toISOString()).slice(0, 10))
  const prove = usePartyMove(
    ({ kind, day }: Proof) =>
      call(recordProof, {
        params: { communityId, applicationId },
        body: { proofId, kind, day, ...(evidence === "statement" ? {} : { paper }) },
      }),
    onClose,
  )
  return (
    <Modal
      open
      title={t("prove.title", { name: party.name })}
      okText={t("prove.submit")}
      cancelText={t("cancel")}
      okButtonProps={{ disabled: evidence !== "statement" && paper === undefined }}
      confirmLoading={prove.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="hd-faint">{t("prove.hint")}</p>
      <Form<Proof>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: "deleted", evidence: "paper", day: today }}
        onFinish={(proof) => prove.mutate(proof)}
      >
        <Form.Item name="kind" label={t("prove.kind")}>
          <Radio.Group
            options={(["deleted", "returned"] as const).map((value) => ({
              value,
              label: t(`prove.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="day" label={t("prove.day")} rules={[{ required: true, message: t("required") }]}>
          <Input type="date" max={today} />
        </Form.Item>
        <Form.Item name="evidence" label={t("prove.evidence")}>
          <Radio.Group
            options={(["paper", "statement"] as const).map((value) => ({
              value,
              label: t(`prove.${value}`),
            }))}
          />
        </Form.Item>
        {evidence !== "statement" && (
          <PaperInput
            id="hd-proof-paper"
            label={t("prove.file")}
            extra={t("paper.hint")}
            onChange={setPaper}
          />
        )}
      </Form>
      <RefusalAlert error={prove.error} />
    </Modal>
  )
}
