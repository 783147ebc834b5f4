import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button, Form, Skeleton } from "antd"
import { useTranslation } from "react-i18next"
import { beginSecondFactor, confirmSecondFactor } from "../../duty/people/contract.ts"
import { call } from "../client.ts"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import { sessionQuery } from "../parts/use-session.ts"
import { CodeField } from "./code-field.tsx"

/** Enrols an authenticator app: scan or type the secret, then prove it with a first code. */
export function FactorForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation("entry")
  // A query, because opening the form is what asks for a secret; forgotten as soon as the form is gone.
  const secret = useQuery({
    queryKey: [beginSecondFactor.path],
    queryFn: ({ signal }) => call(beginSecondFactor, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (secret.isPending) return <Skeleton active />
  if (secret.isError) return <RefusalAlert error={secret.error} onRetry={() => void secret.refetch()} />
  return (
    <div className="hd-factor">
      <p>{t("factor.scan")}</p>
      <img src={secret.data.qr} width={200} height={200} alt={t("factor.scan")} />
      <p>
        {t("factor.secret")}
        <br />
        <code className="hd-secret">{secret.data.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code>
      </p>
      <FirstCode onDone={onDone} />
    </div>
  )
}

function FirstCode({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation("entry")
  const { message } = App.useApp()
  const client = useQueryClient()
  const confirm = useMutation({
    mutationFn: (body: { code: string }) => call(confirmSecondFactor, { body }),
    onSuccess: async () => {
      void message.success(t("factor.done"))
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 })
      onDone()
    },
  })
  return (
    <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={confirm.mutate}>
      <CodeField label={t("factor.code")} />
      <RefusalAlert error={confirm.error} />
      <Button type="primary" htmlType="submit" loading={confirm.isPending}>
        {t("factor.submit")}
      </Button>
    </Form>
  )
}
