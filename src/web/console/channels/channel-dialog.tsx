import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Form, Modal, Radio, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import {
  type ChannelRegister,
  type ChannelView,
  changeChannel,
  listChannels,
  listForms,
} from "../../../lifecycle/forms/contract.ts"
import { call } from "../../client.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSay } from "../../parts/use-say.ts"

export interface ChannelDialogProps {
  readonly channel: ChannelView
  readonly register: ChannelRegister
  readonly onClose: () => void
}

/** What the channel takes, what for, who answers, and whether it takes anything at all. */
export function ChannelDialog({ channel, register, onClose }: ChannelDialogProps) {
  const { t } = useTranslation("channels")
  const say = useSay()
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [state, setState] = useState(channel.state)
  const [purposes, setPurposes] = useState<readonly string[]>(channel.purposes)
  const [fields, setFields] = useState<readonly string[]>(channel.fields)
  const [responsible, setResponsible] = useState(channel.responsible?.staffId ?? null)
  const allowed = new Set(
    register.purposes.filter(({ code }) => purposes.includes(code)).flatMap((one) => one.fields),
  )
  const kept = fields.filter((field) => allowed.has(field))
  const save = useMutation({
    mutationFn: () =>
      call(changeChannel, {
        params: { communityId, channel: channel.channel },
        body: { version: channel.version, state, purposes: [...purposes], fields: kept, responsible },
      }),
    onSuccess: () => {
      message.success(t("saved"))
      void client.invalidateQueries({ queryKey: [listChannels.path] })
      void client.invalidateQueries({ queryKey: [listForms.path] })
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t("changeTitle", { channel: t(`names.${channel.channel}`) })}
      okText={t("save")}
      cancelText={t("cancel")}
      confirmLoading={save.isPending}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item label={t("state")}>
          <Radio.Group
            value={state}
            onChange={(event) => setState(event.target.value === "in_use" ? "in_use" : "stopped")}
            options={[
              { value: "in_use", label: t("in_use") },
              { value: "stopped", label: t("stopped") },
            ]}
          />
        </Form.Item>
        <Form.Item label={t("purposes")}>
          <Select
            mode="multiple"
            aria-label={t("purposes")}
            value={[...purposes]}
            onChange={setPurposes}
            options={register.purposes.map(({ code, label }) => ({ value: code, label: say(label) }))}
          />
        </Form.Item>
        <Form.Item label={t("fields")}>
          <Select
            mode="multiple"
            aria-label={t("fields")}
            value={kept}
            onChange={setFields}
            options={register.fields
              .filter(({ code }) => allowed.has(code))
              .map(({ code, label }) => ({ value: code, label: say(label) }))}
          />
        </Form.Item>
        <Form.Item label={t("responsible")} required={state === "in_use"}>
          <Select
            aria-label={t("responsible")}
            value={responsible}
            onChange={setResponsible}
            showSearch={{ optionFilterProp: "label" }}
            options={register.colleagues.map(({ staffId, name }) => ({ value: staffId, label: name }))}
          />
        </Form.Item>
        <RefusalAlert error={save.error} />
      </Form>
    </Modal>
  )
}
