import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Form, Input, Modal } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type Attempt, listAttempts, listLessons, teachAttempt } from "../../../duty/stop/contract.ts"
import { call } from "../../client.ts"
import type { Language } from "../../i18n.ts"
import { newId } from "../../new-id.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { wordsIn } from "../../parts/use-words.ts"

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
  const [form] = Form.useForm<LessonText>()
  const teach = useTeach(attempt.attemptId, onClose)
  const draft = useDraft(attempt)
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
        initialValues={{ zh: draft("zh-CN"), en: draft("en") }}
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

/** A first sentence in either language, whatever that of the page. */
function useDraft({ field, purpose }: Attempt): (language: Language) => string {
  const { i18n } = useTranslation()
  return (language) => {
    const t = i18n.getFixedT(language, "stop")
    const word = wordsIn(i18n, language)
    return t("teach.draft", {
      field: field === "unclassified" ? t("attempts.unknownField") : word("fields", field),
      purpose: purpose === null ? t("attempts.noPurpose") : word("purposes", purpose),
    })
  }
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
