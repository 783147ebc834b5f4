import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Button, Form, Modal, Radio, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { decideFinding, type Finding, listFindings } from "../../../duty/watch/contract.ts"
import { type Reason, reasons, type Verdict, verdicts } from "../../../duty/watch/verdict.ts"
import { call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"

/** Decides and closes; what is decided says by whom and why. */
export function Decision({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation("watch")
  const { posts } = useCommunity()
  const [isOpen, setOpen] = useState(false)
  const { decided } = finding
  if (decided !== null) return <Decided decided={decided} />
  const mayDecide = posts.some((post) => post === "manager" || post === "privacy_officer")
  return (
    <>
      <Guard reason={mayDecide ? null : t("readOnly")}>
        {(disabled) => (
          <Button size="small" disabled={disabled} onClick={() => setOpen(true)}>
            {t("decide")}
          </Button>
        )}
      </Guard>
      {isOpen && <DecisionDialog finding={finding} onClose={() => setOpen(false)} />}
    </>
  )
}

/** By whom and why, and where it went on. */
function Decided({ decided }: { readonly decided: NonNullable<Finding["decided"]> }) {
  const { t } = useTranslation("watch")
  const { communityId } = useCommunity()
  const text = t("decided", { name: decided.by.name, reason: t(`reasons.${decided.reason}`) })
  if (decided.incidentId === null) return text
  return (
    <>
      {text}{" "}
      <PathLink to={paths.incidents(communityId)} search={{ incident: decided.incidentId }}>
        {t("toIncident")}
      </PathLink>
    </>
  )
}

interface Wanted {
  readonly verdict: Verdict
  readonly reason: Reason
}

function DecisionDialog({ finding, onClose }: { readonly finding: Finding; readonly onClose: () => void }) {
  const { t } = useTranslation("watch")
  const [form] = Form.useForm<Wanted>()
  const verdict = Form.useWatch("verdict", form)
  const decide = useDecide(finding.findingId, onClose)
  return (
    <Modal
      open
      title={t("dialog.title", { name: finding.about.name, code: t(`codes.${finding.code}`) })}
      okText={t("dialog.ok")}
      cancelText={t("dialog.cancel")}
      confirmLoading={decide.isPending}
      onOk={form.submit}
      onCancel={onClose}
      width={460}
    >
      <p>{t("dialog.hint")}</p>
      <Form<Wanted>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ verdict: "explained" }}
        onFinish={(wanted) => decide.mutate(wanted)}
      >
        <Form.Item name="verdict" label={t("dialog.verdict")}>
          <Radio.Group
            options={verdicts.map((value) => ({ value, label: t(`verdicts.${value}`) }))}
            onChange={() => form.resetFields(["reason"])}
          />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t("dialog.reason")}
          rules={[{ required: true, message: t("dialog.missing") }]}
        >
          <Select
            options={reasons[verdict ?? "explained"].map((value) => ({
              value,
              label: t(`reasons.${value}`),
            }))}
          />
        </Form.Item>
      </Form>
      <RefusalAlert error={decide.error} />
    </Modal>
  )
}

function useDecide(findingId: string, onDone: () => void) {
  const { t } = useTranslation("watch")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: Wanted) => call(decideFinding, { params: { communityId, findingId }, body }),
    onSuccess: async () => {
      void message.success(t("done"))
      await client.invalidateQueries({ queryKey: [listFindings.path] })
      onDone()
    },
  })
}
