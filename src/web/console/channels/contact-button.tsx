import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button, Form, Input, Modal } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type Contact, readNotice, setContact } from "../../../lifecycle/forms/notice-contract.ts"
import { ask, call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

const blank: Contact = { officer: "", phone: "", email: "", address: "" }
const lines = ["officer", "phone", "email", "address"] as const

/** Whom owners turn to, as the public notice names them. */
export function ContactButton({ reason }: { readonly reason: string | null }) {
  const { t } = useTranslation("channels")
  const [isOpen, setOpen] = useState(false)
  const { communityId } = useCommunity()
  const notice = useQuery(ask(readNotice, { params: { communityId } }))
  return (
    <>
      <Guard reason={reason}>
        {(disabled) => (
          <Button disabled={disabled || notice.isPending} onClick={() => setOpen(true)}>
            {t("contact")}
          </Button>
        )}
      </Guard>
      {isOpen && <ContactDialog known={notice.data?.contact ?? blank} onClose={() => setOpen(false)} />}
    </>
  )
}

function ContactDialog({ known, onClose }: { readonly known: Contact; readonly onClose: () => void }) {
  const { t } = useTranslation("channels")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [form] = Form.useForm<Contact>()
  const save = useMutation({
    mutationFn: (body: Contact) => call(setContact, { params: { communityId }, body }),
    onSuccess: () => {
      message.success(t("saved"))
      void client.invalidateQueries({ queryKey: [readNotice.path] })
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t("contact")}
      okText={t("save")}
      cancelText={t("cancel")}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="hd-faint">{t("contactHint")}</p>
      <Form<Contact>
        form={form}
        layout="vertical"
        initialValues={known}
        onFinish={(body) => save.mutate(body)}
      >
        {lines.map((name) => (
          <Form.Item
            key={name}
            name={name}
            label={t(name)}
            rules={name === "officer" || name === "phone" ? [{ required: true, message: t("needed") }] : []}
          >
            <Input maxLength={name === "phone" ? 40 : 120} />
          </Form.Item>
        ))}
        <RefusalAlert error={save.error} />
      </Form>
    </Modal>
  )
}
