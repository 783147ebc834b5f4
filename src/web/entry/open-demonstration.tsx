import { useMutation } from "@tanstack/react-query"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { openDemonstration } from "../../duty/people/contract.ts"
import { call } from "../client.ts"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import { rememberLogins } from "./demonstration-logins.ts"

export interface OpenDemonstrationProps {
  readonly code: string
  /** It is there already: the button gives its log-ins new passwords. */
  readonly isOpen: boolean
}

/** The short way in: one button. */
export function OpenDemonstration({ code, isOpen }: OpenDemonstrationProps) {
  const { t } = useTranslation("entry")
  const open = useMutation({
    mutationFn: () => call(openDemonstration, { body: { code } }),
    onSuccess: ({ logins }) => rememberLogins(logins),
  })
  return (
    <section className="hd-setup-way">
      <h2>{t("setup.demonstration")}</h2>
      <p className="hd-faint">{t(isOpen ? "setup.demonstrationThere" : "setup.demonstrationText")}</p>
      <Button
        type="primary"
        size="large"
        block
        disabled={code === ""}
        loading={open.isPending}
        onClick={() => open.mutate()}
      >
        {t(isOpen ? "setup.demonstrationAgain" : "setup.demonstrationOpen")}
      </Button>
      <p className="hd-faint" role="status">
        {code === "" && t("setup.codeNeeded")}
        {open.isPending && !isOpen && t("setup.demonstrationBusy")}
      </p>
      <RefusalAlert error={open.error} />
    </section>
  )
}
