import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Button, Form, Input } from "antd"
import { useTranslation } from "react-i18next"
import { changePassword } from "../../duty/people/contract.ts"
import { call } from "../client.ts"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import { sessionQuery } from "../parts/use-session.ts"

interface Passwords {
  readonly current: string
  readonly next: string
  readonly repeat: string
}

/** Changes one's own password; `onDone` runs when the session knows of it. */
export function PasswordForm({ onDone }: { readonly onDone?: () => void }) {
  const { t } = useTranslation("entry")
  const { message } = App.useApp()
  const client = useQueryClient()
  const [form] = Form.useForm<Passwords>()
  const change = useMutation({
    mutationFn: ({ current, next }: Passwords) => call(changePassword, { body: { current, next } }),
    onSuccess: async () => {
      form.resetFields()
      void message.success(t("password.done"))
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 })
      onDone?.()
    },
  })
  const required = { required: true, message: t("setup.required") }
  const same = {
    validator: async (_rule: unknown, repeat: unknown) => {
      if (repeat !== form.getFieldValue("next")) throw new Error(t("password.differ"))
    },
  }
  return (
    <Form<Passwords> form={form} layout="vertical" requiredMark={false} onFinish={change.mutate}>
      <Form.Item name="current" label={t("password.current")} rules={[required]}>
        <Input.Password maxLength={200} autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="next" label={t("password.next")} extra={t("password.rule")} rules={[required]}>
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="repeat" label={t("password.repeat")} dependencies={["next"]} rules={[required, same]}>
        <Input.Password maxLength={200} autoComplete="new-password" />
      </Form.Item>
      <RefusalAlert error={change.error} />
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {t("password.submit")}
      </Button>
    </Form>
  )
}
