import { Button } from "antd"
import type { ReactNode } from "react"
import { commitImport, type ImportDetail } from "../../../lifecycle/collect/contract.ts"
import { call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useImportMove } from "./use-import-move.ts"
import { useMayImport } from "./use-may-import.ts"

export interface CommitButtonProps {
  readonly communityId: string
  readonly detail: ImportDetail
  readonly disabled?: boolean
  readonly children: ReactNode
}

/** Takes the rows; after a cancel it goes on where the last batch ended. */
export function CommitButton({ communityId, detail, disabled = false, children }: CommitButtonProps) {
  const params = { communityId, importId: detail.importId }
  const commit = useImportMove(communityId, () => call(commitImport, { params, body: {} }))
  return (
    <>
      <Guard reason={useMayImport()}>
        {(forbidden) => (
          <Button
            type="primary"
            size="large"
            disabled={forbidden || disabled}
            loading={commit.isPending}
            onClick={() => commit.mutate()}
          >
            {children}
          </Button>
        )}
      </Guard>
      <RefusalAlert error={commit.error} />
    </>
  )
}
