import { useQuery } from "@tanstack/react-query"
import { Button, Form, Input } from "antd"
import { useTranslation } from "react-i18next"
import { readSeal } from "../../duty/keys/contract.ts"
import { readSetup } from "../../duty/people/contract.ts"
import { ask, Refused } from "../client.ts"
import { PathLink } from "../parts/path-link.tsx"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import { paths } from "../paths.ts"
import { CodeField } from "./code-field.tsx"
import { useRememberedLogins } from "./demonstration-logins.ts"
import { EntryFrame } from "./entry-frame.tsx"
import { LoginTable } from "./login-table.tsx"
import { type Credentials, useEnter } from "./use-enter.ts"

/** Sign-in: a personal log-in, a password and, once the server asks for it, a one-time code. */
export function SignInPage() {
  const { t } = useTranslation("entry")
  const setup = useQuery(ask(readSetup, {}))
  const logins = useRememberedLogins()
  return (
    <EntryFrame title={t("signIn.title")} hint={t("signIn.personal")}>
      {setup.data?.needed === true && (
        <p>
          {t("signIn.setupNeeded")} <PathLink to={paths.setup()}>{t("signIn.toSetup")}</PathLink>
        </p>
      )}
      <SignInForm />
      <SealNotice />
      {logins.length > 0 && (
        <>
          <h2>{t("logins.title")}</h2>
          <LoginTable logins={logins} />
        </>
      )}
    </EntryFrame>
  )
}

/** A sealed server signs nobody in who owes a one-time code: say so before they try. */
function SealNotice() {
  const { t } = useTranslation("keys")
  const seal = useQuery(ask(readSeal, {}))
  if (seal.data?.sealed !== true) return null
  return (
    <p role="status">
      {t("status.sealed")}：{seal.data.sentence} <PathLink to={paths.sealed()}>{t("status.title")}</PathLink>
    </p>
  )
}

function SignInForm() {
  const { t } = useTranslation("entry")
  const enter = useEnter()
  const asksForCode = wantsCode(enter.error) || enter.variables?.code !== undefined
  const required = [{ required: true, message: t("setup.required") }]
  return (
    <Form<Credentials> layout="vertical" requiredMark={false} onFinish={enter.mutate}>
      <Form.Item name="login" label={t("signIn.login")} rules={required}>
        <Input
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page has one purpose, and starts here
          autoFocus
          maxLength={80}
          autoComplete="username"
          autoCapitalize="none"
        />
      </Form.Item>
      <Form.Item name="password" label={t("signIn.password")} rules={required}>
        <Input.Password maxLength={200} autoComplete="current-password" />
      </Form.Item>
      {asksForCode && <CodeField label={t("signIn.code")} hint={t("signIn.codeHint")} />}
      {!wantsCode(enter.error) && <RefusalAlert error={enter.error} />}
      <Button type="primary" htmlType="submit" block loading={enter.isPending}>
        {t("signIn.submit")}
      </Button>
    </Form>
  )
}

function wantsCode(error: unknown): boolean {
  return error instanceof Refused && error.code === "session.code_needed"
}
