import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button, Form, Input, Popconfirm, Table, Tag } from "antd"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { addDecoy, listDecoys, retireDecoy } from "../../../lifecycle/export/leak-contract.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

type Decoy = z.infer<typeof listDecoys.reply>["decoys"][number]

/** Households that do not exist, with the company's own numbers. Clause 4.7. */
export function Decoys() {
  const { t } = useTranslation("leaks")
  const { communityId } = useCommunity()
  const query = useQuery(ask(listDecoys, { params: { communityId } }))
  return (
    <section className="hd-section hd-decoys" aria-label={t("decoys.title")}>
      <h2>{t("decoys.title")}</h2>
      <p className="hd-faint">{t("decoys.hint")}</p>
      <AddDecoy />
      <RefusalAlert error={query.error} />
      <Table<Decoy>
        size="small"
        pagination={false}
        loading={query.isPending}
        rowKey="decoyId"
        dataSource={query.data?.decoys ?? []}
        scroll={{ x: "max-content" }}
        locale={{ emptyText: t("decoys.none") }}
        columns={[
          { key: "home", title: t("decoys.home"), dataIndex: "home" },
          { key: "name", title: t("decoys.name"), dataIndex: "name" },
          { key: "phone", title: t("decoys.phone"), dataIndex: "phone" },
          { key: "acts", title: "", render: (_, row) => <Retire decoy={row} /> },
        ]}
      />
    </section>
  )
}

type New = Pick<Decoy, "home" | "name" | "phone">

function AddDecoy() {
  const { t } = useTranslation("leaks")
  const [form] = Form.useForm<New>()
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: (decoy: New) =>
      call(addDecoy, { params: { communityId }, body: { ...decoy, decoyId: newId() } }),
    onSuccess: () => {
      form.resetFields()
      void client.invalidateQueries({ queryKey: [listDecoys.path] })
    },
  })
  const required = { required: true, message: t("decoys.missing") }
  return (
    <>
      <Form<New>
        form={form}
        className="hd-decoy-form"
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        disabled={add.isPending}
        onFinish={(decoy) => add.mutate(decoy)}
      >
        <Form.Item name="home" label={t("decoys.home")} rules={[required]} extra={t("decoys.homeHint")}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="name" label={t("decoys.name")} rules={[required]}>
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item name="phone" label={t("decoys.phone")} rules={[required]}>
          <Input maxLength={20} inputMode="tel" />
        </Form.Item>
        <Form.Item label=" ">
          <Button htmlType="submit" loading={add.isPending}>
            {t("decoys.add")}
          </Button>
        </Form.Item>
      </Form>
      <RefusalAlert error={add.error} />
    </>
  )
}

function Retire({ decoy }: { readonly decoy: Decoy }) {
  const { t } = useTranslation("leaks")
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const retire = useMutation({
    mutationFn: () => call(retireDecoy, { params: { communityId, decoyId: decoy.decoyId }, body: {} }),
    onSettled: () => client.invalidateQueries({ queryKey: [listDecoys.path] }),
  })
  if (decoy.retiredAt !== null) return <Tag>{t("decoys.retired")}</Tag>
  return (
    <Popconfirm title={t("decoys.retireConfirm")} onConfirm={() => retire.mutate()}>
      <Button size="small" loading={retire.isPending}>
        {t("decoys.retire")}
      </Button>
    </Popconfirm>
  )
}
