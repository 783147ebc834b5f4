import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Alert, Button, Form, Input } from "antd"
import { useTranslation } from "react-i18next"
import { giveShare, openSeal, readSeal, type SealView } from "../../../duty/keys/contract.ts"
import { ask, call } from "../../client.ts"
import { EntryFrame } from "../../entry/entry-frame.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { paths } from "../../paths.ts"

const refreshMilliseconds = 2_000

/** Whether the server has its root key and, if not, why; here holders enter their shares. Needs no session to read. */
export function SealedPage() {
  const { t } = useTranslation("keys")
  const query = useQuery({ ...ask(readSeal, {}), refetchInterval: refreshMilliseconds })
  const state = query.data
  return (
    <EntryFrame title={t("status.title")} hint={t("status.hint")}>
      <RefusalAlert error={query.error} />
      {state !== undefined && (
        <Alert
          type={state.sealed ? "warning" : "success"}
          showIcon
          title={state.sealed ? t("status.sealed") : t("status.open")}
          description={state.sentence}
        />
      )}
      {state?.sealed === true && state.shares !== null && <ShareForm shares={state.shares} />}
      {state?.reason === "by_hand" && <OpenButton />}
      <p>
        <PathLink to={paths.signIn()}>{t("status.signIn")}</PathLink>
      </p>
    </EntryFrame>
  )
}

function ShareForm({ shares }: { readonly shares: NonNullable<SealView["shares"]> }) {
  const { t } = useTranslation("keys")
  const [form] = Form.useForm<{ share: string }>()
  const queries = useQueryClient()
  const give = useMutation({
    mutationFn: (body: { share: string }) => call(giveShare, { body }),
    onSettled: () => {
      form.resetFields()
      return queries.invalidateQueries({ queryKey: [readSeal.path] })
    },
  })
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={give.mutate}>
      <p>{t("share.given", { given: shares.given, need: shares.need ?? "?" })}</p>
      <Form.Item
        name="share"
        label={t("share.label")}
        rules={[{ required: true, message: t("share.required") }]}
      >
        <Input.Password autoComplete="off" maxLength={200} />
      </Form.Item>
      <RefusalAlert error={give.error} />
      <Button type="primary" htmlType="submit" block loading={give.isPending}>
        {t("share.give")}
      </Button>
    </Form>
  )
}

function OpenButton() {
  const { t } = useTranslation("keys")
  const queries = useQueryClient()
  const open = useMutation({
    mutationFn: () => call(openSeal, { body: {} }),
    onSettled: () => queries.invalidateQueries({ queryKey: [readSeal.path] }),
  })
  return (
    <>
      <RefusalAlert error={open.error} />
      <Button onClick={() => open.mutate()} loading={open.isPending}>
        {t("unseal")}
      </Button>
    </>
  )
}
