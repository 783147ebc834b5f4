import { useMutation } from "@tanstack/react-query"
import { App, Button } from "antd"
import { useTranslation } from "react-i18next"
import { removeDemonstration } from "../../duty/people/contract.ts"
import { call } from "../client.ts"
import { Guard } from "../parts/guard.tsx"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import type { Reach } from "../parts/use-community.ts"
import { paths } from "../paths.ts"

/** Says on every page that nothing here is real, and removes it with one click and a confirmation. */
export function DemonstrationBar({ reach }: { readonly reach: Reach }) {
  const { t } = useTranslation("shell")
  const { modal } = App.useApp()
  const remove = useRemoveDemonstration()
  const may = reach.posts.some((post) => post === "privacy_officer" || post === "system_admin")
  const confirm = () =>
    modal.confirm({
      title: t("demonstration.confirmTitle"),
      content: t("demonstration.confirmText"),
      okText: t("demonstration.confirm"),
      okButtonProps: { danger: true },
      cancelText: t("demonstration.cancel"),
      onOk: () => remove.mutateAsync().catch(() => undefined),
    })
  return (
    <>
      <div className="hd-demonstration">
        <span>{t("demonstration.notice")}</span>
        <Guard reason={may ? null : t("demonstration.notAllowed")}>
          {(disabled) => (
            <Button size="small" disabled={disabled} loading={remove.isPending} onClick={confirm}>
              {t("demonstration.remove")}
            </Button>
          )}
        </Guard>
      </div>
      <RefusalAlert error={remove.error} />
    </>
  )
}

function useRemoveDemonstration() {
  return useMutation({
    mutationFn: () => call(removeDemonstration, {}),
    // A new document: community, log-ins and often this very session are gone.
    onSuccess: () => window.location.assign(paths.home()),
  })
}
