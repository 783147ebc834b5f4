import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Form, Input, Modal } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type Attempt, listAttempts, listLessons, teachAttempt } from "../../../duty/stop/contract.ts"
import { call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"

interface LessonText {
  readonly zh: string
  readonly en: string
}

export interface TeachDialogProps {
  readonly attempt: Attempt
  readonly onClose: () => void
}

/** A case without persons, in two languages. Clause 2.4. */
export function TeachDialog({ attempt, onClose }: TeachDialogProps) {
  const { t } = useTranslation("stop")
  const word = useWords()
  const [form] = Form.useForm<LessonText>()
  const teach = useTeach(attempt.attemptId, onClose)
  const about = {
    field: attempt.field === "unclassified" ? t("attempts.unknownField") : word("fields", attempt.field),
    purpose: attempt.purpose === null ? t("attempts.noPurpose") : word("purposes", attempt.purpose),
  }
  const required = { required: true, message: t("proposals.required") }
  return (
    <Modal
      open
      title={t("teach.title")}
      okText={t("teach.publish")}
      cancelText={t("attempts.cancel")}
      confirmLoading={teach.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p className="hd-faint">{t("teach.hint")}</p>
      <Form<LessonText>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ zh: t("teach.draftZh", about), en: t("teach.draftEn", about) }}
        onFinish={(text) => teach.mutate(text)}
      >
        <Form.Item name="zh" label={t("teach.zh")} rules={[required]}>
          <Input.TextArea maxLength={400} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
        <Form.Item name="en" label={t("teach.en")} rules={[required]}>
          <Input.TextArea maxLength={800} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      </Form>
      <RefusalAlert error={teach.error} />
    </Modal>
  )
}

function useTeach(attemptId: string, onDone: () => void) {
  const { t } = useTranslation("stop")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [lessonId] = useState(newId)
  return useMutation({
    mutationFn: (text: LessonText) =>
      call(teachAttempt, { params: { communityId, attemptId }, body: { lessonId, ...text } }),
    onSuccess: async () => {
      void message.success(t("teach.done"))
      onDone()
      await client.invalidateQueries({ queryKey: [listAttempts.path] })
      await client.invalidateQueries({ queryKey: [listLessons.path] })
    },
  })
}
