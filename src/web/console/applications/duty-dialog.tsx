import { useMutation, useQueryClient } from "@tanstack/react-query"
import { DatePicker, Form, Modal, Select } from "antd"
import type { Dayjs } from "dayjs"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { listDuties, setDuty } from "../../../lifecycle/apply/contract.ts"
import { type SigningPost, signingPosts } from "../../../lifecycle/catalogue/approval-shape.ts"
import { call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"

interface Wanted {
  readonly post: SigningPost
  readonly forStaff: string
  readonly deputy: string
  readonly time: readonly [Dayjs, Dayjs]
}

export interface DutyDialogProps {
  readonly signers: z.infer<typeof listDuties.reply>["signers"]
  readonly onClose: () => void
}

export function DutyDialog({ signers, onClose }: DutyDialogProps) {
  const { t } = useTranslation("applications")
  const word = useWords()
  const [form] = Form.useForm<Wanted>()
  const post = Form.useWatch("post", form)
  const set = useSetDuty(onClose)
  const required = [{ required: true, message: t("form.missing") }]
  const options = (of: DutyDialogProps["signers"]) =>
    of.map(({ staffId, name }) => ({ value: staffId, label: name }))
  return (
    <Modal
      open
      title={t("duty.add")}
      okText={t("duty.submit")}
      cancelText={t("duty.cancel")}
      confirmLoading={set.isPending}
      onOk={form.submit}
      onCancel={onClose}
      width={460}
    >
      <Form<Wanted>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(wanted) => set.mutate(wanted)}
      >
        <Form.Item name="post" label={t("duty.post")} rules={required}>
          <Select options={signingPosts.map((value) => ({ value, label: word("posts", value) }))} />
        </Form.Item>
        <Form.Item name="forStaff" label={t("duty.for")} rules={required}>
          <Select
            options={options(signers.filter(({ posts }) => post !== undefined && posts.includes(post)))}
          />
        </Form.Item>
        <Form.Item name="deputy" label={t("duty.deputy")} rules={required}>
          <Select options={options(signers)} />
        </Form.Item>
        <Form.Item name="time" label={`${t("duty.from")} – ${t("duty.until")}`} rules={required}>
          <DatePicker.RangePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />
        </Form.Item>
      </Form>
      <RefusalAlert error={set.error} />
    </Modal>
  )
}

function useSetDuty(onDone: () => void) {
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const [dutyId] = useState(newId)
  return useMutation({
    mutationFn: ({ time: [from, until], ...duty }: Wanted) =>
      call(setDuty, {
        params: { communityId },
        body: { ...duty, dutyId, from: from.toISOString(), until: until.toISOString() },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [listDuties.path] })
      onDone()
    },
  })
}
