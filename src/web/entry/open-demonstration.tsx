import { useMutation } from "@tanstack/react-query"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { openDemonstration } from "../../duty/people/contract.ts"
import { call } from "../client.ts"
import { PathLink } from "../parts/path-link.tsx"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import { paths } from "../paths.ts"
import { rememberLogins } from "./demonstration-logins.ts"

/** The short way in: one button. */
export function OpenDemonstration({ code }: { readonly code: string }) {
  const { t } = useTranslation("entry")
  const open = useMutation({
    mutationFn: () => call(openDemonstration, { body: { code } }),
    onSuccess: ({ logins }) => rememberLogins(logins),
  })
  return (
    <section className="hd-setup-way">
      <h2>{t("setup.demonstration")}</h2>
      <p className="hd-faint">{t("setup.demonstrationText")}</p>
      <Button
        type="primary"
        size="large"
        block
        disabled={code === ""}
        loading={open.isPending}
        onClick={() => open.mutate()}
      >
        {t("setup.demonstrationOpen")}
      </Button>
      <p className="hd-faint" role="status">
        {code === "" && t("setup.codeNeeded")}
        {open.isPending && t("setup.demonstrationBusy")}
      </p>
      <RefusalAlert error={open.error} />
    </section>
  )
}

/** It is there, and its passwords were shown when it was opened. */
export function OpenedDemonstration() {
  const { t } = useTranslation("entry")
  return (
    <section className="hd-setup-way">
      <h2>{t("setup.demonstration")}</h2>
      <p className="hd-faint">{t("setup.demonstrationThere")}</p>
      <PathLink to={paths.signIn()}>{t("setup.toSignIn")}</PathLink>
    </section>
  )
}
