import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Alert, App, Button } from "antd"
import { useTranslation } from "react-i18next"
import { type ApplicationSummary, listApplications } from "../../../lifecycle/apply/contract.ts"
import { leavingForms } from "../../../lifecycle/catalogue/approval-shape.ts"
import { type ExportCopy, makeExport } from "../../../lifecycle/export/contract.ts"
import { ask, call } from "../../client.ts"
import { PathLink } from "../../parts/path-link.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { copyChanged } from "./copy-changed.ts"

const lookAgainMilliseconds = 30_000

/** One's own applications for a copy that wait for a signature, or for their file to be made. */
export function Waiting({ copies }: { readonly copies: readonly ExportCopy[] }) {
  const { communityId } = useCommunity()
  const query = { scope: "mine", limit: 100 } as const
  const { data } = useQuery({
    ...ask(listApplications, { params: { communityId }, query }),
    // Others sign: what was read before somebody left this page says nothing when they come back to it.
    refetchOnMount: "always",
    refetchInterval: ({ state }) =>
      state.data?.applications.some((one) => one.state === "pending") === true
        ? lookAgainMilliseconds
        : false,
  })
  const waiting = (data?.applications ?? []).filter(
    ({ applicationId, form, state }) =>
      leavingForms.some((one) => one === form) &&
      (state === "pending" || state === "granted") &&
      !copies.some((copy) => copy.applicationId === applicationId),
  )
  if (waiting.length === 0) return null
  return (
    <div className="hd-export-waiting">
      {waiting.map((one) => (
        <One key={one.applicationId} application={one} />
      ))}
    </div>
  )
}

function One({
  application: { applicationId, number, state },
}: {
  readonly application: ApplicationSummary
}) {
  const { t } = useTranslation("exports")
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const { message } = App.useApp()
  const { ofError } = useSentences()
  const make = useMutation({
    mutationFn: () => call(makeExport, { params: { communityId, applicationId }, body: {} }),
    onError: (error) => message.error(ofError(error), 6),
    onSettled: () => copyChanged(client),
  })
  const isGranted = state === "granted"
  return (
    <Alert
      type={isGranted ? "success" : "info"}
      showIcon
      title={t(isGranted ? "waiting.granted" : "waiting.pending", { number })}
      action={
        isGranted ? (
          <Button size="small" type="primary" loading={make.isPending} onClick={() => make.mutate()}>
            {t("waiting.make")}
          </Button>
        ) : (
          <PathLink to={paths.application(communityId, applicationId)}>{t("waiting.see")}</PathLink>
        )
      }
    />
  )
}
