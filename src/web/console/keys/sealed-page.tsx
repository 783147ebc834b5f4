import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Alert, Button, Form, Input } from "antd"
import { useTranslation } from "react-i18next"
import {
  giveShare,
  giveShareByPassword,
  openSeal,
  readSeal,
  type SealView,
} from "../../../duty/keys/contract.ts"
import { ask, call, Refused } from "../../client.ts"
import { EntryFrame } from "../../entry/entry-frame.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { sessionQuery } from "../../parts/use-session.ts"
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
  const [form] = Form.useForm<Handed>()
  const queries = useQueryClient()
  const session = useQuery({ ...sessionQuery, retry: false })
  const isStranger = session.error instanceof Refused && session.error.code === "session.none"
  const give = useMutation({
    mutationFn: ({ share, login = "", password = "" }: Handed) =>
      isStranger
        ? call(giveShareByPassword, { body: { share, login, password } })
        : call(giveShare, { body: { share } }),
    onSettled: () => {
      form.resetFields()
      return queries.invalidateQueries({ queryKey: [readSeal.path] })
    },
  })
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={give.mutate}>
      <p>{t("share.given", { given: shares.given, need: shares.need ?? "?" })}</p>
      {isStranger && <Holder />}
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

interface Handed {
  readonly share: string
  readonly login?: string
  readonly password?: string
}

/** A sealed server cannot check one-time codes: log-in and password, and the share, which is a secret of its own. */
function Holder() {
  const { t } = useTranslation("entry")
  const rules = [{ required: true, message: t("setup.required") }]
  return (
    <>
      <Form.Item name="login" label={t("signIn.login")} rules={rules}>
        <Input maxLength={80} autoComplete="username" autoCapitalize="none" />
      </Form.Item>
      <Form.Item name="password" label={t("signIn.password")} rules={rules}>
        <Input.Password maxLength={200} autoComplete="current-password" />
      </Form.Item>
    </>
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
