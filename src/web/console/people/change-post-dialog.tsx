import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Form, Modal } from "antd"
import { useTranslation } from "react-i18next"
import { changePost, listStaff, type StaffMember } from "../../../duty/people/contract.ts"
import { call } from "../../client.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { type PostChoice, PostFields, postOf } from "./post-fields.tsx"

export interface ChangePostDialogProps {
  readonly member: StaffMember
  readonly onClose: () => void
}

/** Replaces a person's post and reach here; what the posts exclude is said by the server. Clause 6.1. */
export function ChangePostDialog({ member, onClose }: ChangePostDialogProps) {
  const { t } = useTranslation("people")
  const [form] = Form.useForm<PostChoice>()
  const change = useChangePost(member, onClose)
  const [held] = member.appointments
  return (
    <Modal
      open
      title={`${t("changePost")} · ${member.name}`}
      okText={t("submit")}
      cancelText={t("cancel")}
      confirmLoading={change.isPending}
      onOk={form.submit}
      onCancel={onClose}
      width={460}
    >
      <p className="hd-faint">{t("changeHint")}</p>
      <Form<PostChoice>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ post: held?.post, buildingIds: held?.buildingIds ?? [] }}
        onFinish={change.mutate}
      >
        <PostFields />
      </Form>
      <RefusalAlert error={change.error} />
    </Modal>
  )
}

function useChangePost({ staffId }: StaffMember, onClose: () => void) {
  const { t } = useTranslation("people")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (choice: PostChoice) =>
      call(changePost, { params: { communityId, staffId }, body: postOf(choice) }),
    onSuccess: async () => {
      void message.success(t("done.changed"))
      onClose()
      await client.invalidateQueries({ queryKey: [listStaff.path] })
    },
  })
}
