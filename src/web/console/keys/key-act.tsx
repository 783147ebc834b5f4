import { useMutation, useQueryClient } from "@tanstack/react-query"
import { Button, Popconfirm } from "antd"
import { useTranslation } from "react-i18next"
import { listKeys } from "../../../duty/keys/contract.ts"
import { Guard } from "../../parts/guard.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"

interface KeyActProps {
  readonly label: string
  /** What is asked before it is done. */
  readonly confirm: string
  readonly run: () => Promise<unknown>
  readonly look?: "primary" | "danger" | "small"
}

/** Something the security admin does with keys, after a question; the others see why they cannot. */
export function KeyAct({ label, confirm, run, look }: KeyActProps) {
  const { t } = useTranslation("keys")
  const { posts } = useCommunity()
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: run,
    onSuccess: () => queries.invalidateQueries({ queryKey: [listKeys.path] }),
  })
  return (
    <Guard reason={posts.includes("security_admin") ? null : t("onlySecurityAdmin")}>
      {(disabled) => (
        <>
          <Popconfirm title={confirm} onConfirm={() => act.mutate()} disabled={disabled}>
            <Button
              disabled={disabled}
              loading={act.isPending}
              danger={look === "danger"}
              {...(look === "primary" ? { type: "primary" } : {})}
              {...(look === "small" ? { size: "small" } : {})}
            >
              {label}
            </Button>
          </Popconfirm>
          <RefusalAlert error={act.error} />
        </>
      )}
    </Guard>
  )
}
