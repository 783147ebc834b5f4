import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, DatePicker, Form, Modal, Radio } from "antd"
import dayjs, { type Dayjs } from "dayjs"
import { useTranslation } from "react-i18next"
import { listStaff, type StaffMember, suspendStaff } from "../../../duty/people/contract.ts"
import { type SuspensionReason, suspensionReasons } from "../../../duty/people/suspension.ts"
import { call } from "../../client.ts"
import { endOfHouseDay } from "../../parts/end-of-house-day.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

export interface SuspendDialogProps {
  readonly member: StaffMember
  readonly onClose: () => void
}

interface Choice {
  readonly reason: SuspensionReason
  readonly until?: Dayjs | null
}

/** Stops somebody at once, with a coded word and, where it is known, the last day. Clause 6.3. */
export function SuspendDialog({ member, onClose }: SuspendDialogProps) {
  const { t } = useTranslation("people")
  const required = useTranslation("entry").t("setup.required")
  const [form] = Form.useForm<Choice>()
  const suspend = useSuspend(member, onClose)
  return (
    <Modal
      open
      title={t("suspendConfirm", { name: member.name })}
      okText={t("suspend")}
      okButtonProps={{ danger: true }}
      cancelText={t("cancel")}
      confirmLoading={suspend.isPending}
      onOk={form.submit}
      onCancel={onClose}
      width={460}
    >
      <p className="hd-faint">{t("suspendText")}</p>
      <Form<Choice> form={form} layout="vertical" requiredMark={false} onFinish={suspend.mutate}>
        <Form.Item name="reason" label={t("suspendReason")} rules={[{ required: true, message: required }]}>
          <Radio.Group
            options={suspensionReasons.map((reason) => ({ value: reason, label: t(`reasons.${reason}`) }))}
          />
        </Form.Item>
        <Form.Item name="until" label={t("suspendUntil")} extra={t("suspendUntilHint")}>
          <DatePicker className="hd-full" disabledDate={(day: Dayjs) => day.isBefore(dayjs(), "day")} />
        </Form.Item>
      </Form>
      <RefusalAlert error={suspend.error} />
    </Modal>
  )
}

function useSuspend({ staffId }: StaffMember, onClose: () => void) {
  const { t } = useTranslation("people")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ reason, until }: Choice) => {
      const body = { reason, until: until ? endOfHouseDay(until) : null }
      return call(suspendStaff, { params: { communityId, staffId }, body })
    },
    onSuccess: async () => {
      void message.success(t("done.suspended"))
      onClose()
      await client.invalidateQueries({ queryKey: [listStaff.path] })
    },
  })
}
