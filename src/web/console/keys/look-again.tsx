import { useMutation, useQueryClient } from "@tanstack/react-query"
import { Button, Popconfirm } from "antd"
import { useTranslation } from "react-i18next"
import { type Inventory, listKeys, resolveRecord } from "../../../duty/keys/contract.ts"
import { call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

interface LookAgainProps {
  readonly row: Inventory["quarantine"][number]
}

/** A record that was set aside leaves the list once it opens as it lies; the page shows nothing of it. */
export function LookAgain({ row }: LookAgainProps) {
  const { t } = useTranslation("keys")
  const { posts } = useCommunity()
  const queries = useQueryClient()
  const again = useMutation({
    mutationFn: () =>
      call(resolveRecord, {
        params: { communityId: row.communityId },
        body: { subjectId: row.subjectId, class: row.class },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [listKeys.path] }),
  })
  return (
    <Guard reason={posts.includes("security_admin") ? null : t("onlySecurityAdmin")}>
      {(disabled) => (
        <>
          <Popconfirm title={t("quarantine.confirm")} onConfirm={() => again.mutate()}>
            <Button size="small" disabled={disabled} loading={again.isPending}>
              {t("quarantine.again")}
            </Button>
          </Popconfirm>
          <RefusalAlert error={again.error} />
        </>
      )}
    </Guard>
  )
}
