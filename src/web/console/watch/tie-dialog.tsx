import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Form, Input, Modal, Radio, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { listStaff } from "../../../duty/people/contract.ts"
import { addTie, listTies, tieKinds } from "../../../duty/watch/contract.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

interface Wanted {
  readonly staffId: string
  readonly home: string
  readonly kind: (typeof tieKinds)[number]
}

/** Who lives where, as they declared it. */
export function TieDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("watch")
  const { communityId } = useCommunity()
  const staff = useQuery(ask(listStaff, { params: { communityId } }))
  const [form] = Form.useForm<Wanted>()
  const add = useAdd(onClose)
  const required = [{ required: true, message: t("tie.missing") }]
  const present = (staff.data?.staff ?? []).filter(({ leftAt }) => leftAt === null)
  return (
    <Modal
      open
      title={t("tie.title")}
      okText={t("tie.add")}
      cancelText={t("dialog.cancel")}
      confirmLoading={add.isPending}
      onOk={form.submit}
      onCancel={onClose}
      width={460}
    >
      <Form<Wanted>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ kind: "own" }}
        onFinish={(wanted) => add.mutate(wanted)}
      >
        <Form.Item name="staffId" label={t("tie.staff")} rules={required}>
          <Select
            showSearch={{ optionFilterProp: "label" }}
            loading={staff.isPending}
            options={present.map(({ staffId, name }) => ({ value: staffId, label: name }))}
          />
        </Form.Item>
        <Form.Item name="kind" label={t("tie.kind")}>
          <Radio.Group options={tieKinds.map((value) => ({ value, label: t(`tie.kinds.${value}`) }))} />
        </Form.Item>
        <Form.Item name="home" label={t("tie.home")} rules={required}>
          <Input maxLength={60} placeholder={t("tie.homeHint")} autoComplete="off" />
        </Form.Item>
      </Form>
      <RefusalAlert error={staff.error ?? add.error} />
    </Modal>
  )
}

function useAdd(onDone: () => void) {
  const { t } = useTranslation("watch")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [tieId] = useState(newId)
  return useMutation({
    mutationFn: (wanted: Wanted) => call(addTie, { params: { communityId }, body: { ...wanted, tieId } }),
    onSuccess: async () => {
      void message.success(t("tie.saved"))
      await client.invalidateQueries({ queryKey: [listTies.path] })
      onDone()
    },
  })
}
