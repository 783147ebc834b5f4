import { useMutation } from "@tanstack/react-query"
import { Button, Form, Input } from "antd"
import { useTranslation } from "react-i18next"
import { setUp } from "../../duty/people/contract.ts"
import { call } from "../client.ts"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import { loginPattern } from "./login-pattern.ts"
import { useEnter } from "./use-enter.ts"

interface Company {
  readonly company: string
  readonly community: string
  readonly name: string
  readonly login: string
  readonly password: string
}

/** The own company: names it, makes the privacy officer, and signs that person in. */
export function CompanyForm({ code }: { readonly code: string }) {
  const { t } = useTranslation("entry")
  const enter = useEnter()
  const create = useMutation({
    mutationFn: ({ company, community, ...officer }: Company) =>
      call(setUp, { body: { code, company, community, officer } }),
    onSuccess: (_reply, { login, password }) => enter.mutate({ login, password }),
  })
  const required = [{ required: true, message: t("setup.required") }]
  const loginRule = { pattern: loginPattern, message: t("setup.loginRule") }
  return (
    <section className="hd-setup-way">
      <h2>{t("setup.own")}</h2>
      <p className="hd-faint">{t("setup.ownText")}</p>
      <Form<Company> layout="vertical" requiredMark={false} onFinish={create.mutate}>
        <Form.Item name="company" label={t("setup.company")} rules={required}>
          <Input maxLength={60} autoComplete="organization" />
        </Form.Item>
        <Form.Item name="community" label={t("setup.community")} rules={required}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        <h3>{t("setup.officer")}</h3>
        <div className="hd-columns">
          <Form.Item name="name" label={t("setup.officerName")} rules={required}>
            <Input maxLength={40} autoComplete="name" />
          </Form.Item>
          <Form.Item name="login" label={t("setup.officerLogin")} rules={[...required, loginRule]}>
            <Input maxLength={40} autoComplete="username" autoCapitalize="none" />
          </Form.Item>
        </div>
        <Form.Item
          name="password"
          label={t("setup.officerPassword")}
          extra={t("password.rule")}
          rules={required}
        >
          <Input.Password maxLength={200} autoComplete="new-password" />
        </Form.Item>
        <RefusalAlert error={create.error ?? enter.error} />
        <Button htmlType="submit" disabled={code === ""} loading={create.isPending || enter.isPending}>
          {t("setup.create")}
        </Button>
      </Form>
    </section>
  )
}
