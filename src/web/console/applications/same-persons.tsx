import "./applications.css"
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button, Form, Select } from "antd"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { listStaff } from "../../../duty/people/contract.ts"
import { linkAccounts, listDuties } from "../../../lifecycle/apply/contract.ts"
import { ask, call } from "../../client.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

interface Link {
  readonly staffId: string
  readonly sameAs: string
}

/** Accounts that belong to one natural person. Clause 4.4. */
export function SamePersons({
  linked,
}: {
  readonly linked: z.infer<typeof listDuties.reply>["samePersons"]
}) {
  const { t } = useTranslation("applications")
  const { posts } = useCommunity()
  const mayLink = posts.includes("privacy_officer") || posts.includes("system_admin")
  return (
    <section className="hd-section hd-same-persons" aria-label={t("duty.same")}>
      <h2>{t("duty.same")}</h2>
      <p className="hd-faint">{t("duty.sameHint")}</p>
      {linked.length === 0 && <p>{t("duty.sameNone")}</p>}
      <ul>
        {linked.map((accounts) => (
          <li key={accounts.map(({ staffId }) => staffId).join()}>
            {accounts.map(({ name }) => name).join(" = ")}
          </li>
        ))}
      </ul>
      {mayLink ? <LinkForm /> : <p className="hd-faint">{t("duty.linkClosed")}</p>}
    </section>
  )
}

function LinkForm() {
  const { t } = useTranslation("applications")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [form] = Form.useForm<Link>()
  const { data } = useQuery(ask(listStaff, { params: { communityId } }))
  const options = (data?.staff ?? []).map(({ staffId, name, login }) => ({
    value: staffId,
    label: `${name}（${login}）`,
  }))
  const link = useMutation({
    mutationFn: (body: Link) => call(linkAccounts, { params: { communityId }, body }),
    onSuccess: async () => {
      form.resetFields()
      message.success(t("duty.linked"))
      await client.invalidateQueries({ queryKey: [listDuties.path] })
    },
  })
  const required = [{ required: true, message: t("form.missing") }]
  return (
    <Form<Link>
      form={form}
      className="hd-apply"
      layout="vertical"
      requiredMark={false}
      onFinish={(body) => link.mutate(body)}
    >
      <Form.Item name="staffId" label={t("duty.one")} rules={required}>
        <Select showSearch={{ optionFilterProp: "label" }} options={options} />
      </Form.Item>
      <Form.Item name="sameAs" label={t("duty.two")} rules={required}>
        <Select showSearch={{ optionFilterProp: "label" }} options={options} />
      </Form.Item>
      <RefusalAlert error={link.error} />
      <Button htmlType="submit" loading={link.isPending}>
        {t("duty.link")}
      </Button>
    </Form>
  )
}
