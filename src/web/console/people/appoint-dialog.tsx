import { useMutation, useQueryClient } from "@tanstack/react-query"
import { Form, Input, Modal } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { appointStaff, listStaff } from "../../../duty/people/contract.ts"
import { call } from "../../client.ts"
import { loginPattern } from "../../entry/login-pattern.ts"
import { newId } from "../../new-id.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import type { FirstPassword } from "./first-password-dialog.tsx"
import { type PostChoice, PostFields, postOf } from "./post-fields.tsx"

interface Appointee extends PostChoice {
  readonly name: string
  readonly login: string
}

export interface AppointDialogProps {
  readonly onClose: () => void
  readonly onPassword: (first: FirstPassword) => void
}

/** A new person: personal log-in, first password, one post. */
export function AppointDialog({ onClose, onPassword }: AppointDialogProps) {
  const { t } = useTranslation("people")
  const entry = useTranslation("entry").t
  const [form] = Form.useForm<Appointee>()
  const appoint = useAppoint(onPassword)
  const required = { required: true, message: entry("setup.required") }
  return (
    <Modal
      open
      title={t("appoint")}
      okText={t("submit")}
      cancelText={t("cancel")}
      confirmLoading={appoint.isPending}
      onOk={form.submit}
      onCancel={onClose}
      width={460}
    >
      <p className="hd-faint">{t("appointHint")}</p>
      <Form<Appointee> form={form} layout="vertical" requiredMark={false} onFinish={appoint.mutate}>
        <div className="hd-columns">
          <Form.Item name="name" label={t("name")} rules={[required]}>
            <Input maxLength={40} autoComplete="off" />
          </Form.Item>
          <Form.Item
            name="login"
            label={t("login")}
            rules={[required, { pattern: loginPattern, message: entry("setup.loginRule") }]}
          >
            <Input maxLength={40} autoComplete="off" autoCapitalize="none" />
          </Form.Item>
        </div>
        <PostFields />
      </Form>
      <RefusalAlert error={appoint.error} />
    </Modal>
  )
}

function useAppoint(onPassword: (first: FirstPassword) => void) {
  const { communityId } = useCommunity()
  const client = useQueryClient()
  // Made once: sent again after a lost answer, it is the same person.
  const [staffId] = useState(newId)
  return useMutation({
    mutationFn: ({ name, login, ...choice }: Appointee) =>
      call(appointStaff, { params: { communityId }, body: { staffId, name, login, ...postOf(choice) } }),
    onSuccess: async ({ firstPassword }, { name, login }) => {
      onPassword({ name, login, password: firstPassword })
      await client.invalidateQueries({ queryKey: [listStaff.path] })
    },
  })
}
