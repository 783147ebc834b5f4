import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App } from "antd"
import { useTranslation } from "react-i18next"
import { listParties, listSharings } from "../../../lifecycle/parties/contract.ts"

/** One command on the register or the ledger; both are read again after it, also when it was refused. */
export function usePartyMove<Said>(move: (said: Said) => Promise<unknown>, onDone?: () => void) {
  const { t } = useTranslation("parties")
  const { message } = App.useApp()
  const client = useQueryClient()
  return useMutation({
    mutationFn: move,
    onSuccess: () => {
      void message.success(t("done"))
      onDone?.()
    },
    onSettled: async () => {
      for (const { path } of [listParties, listSharings]) await client.invalidateQueries({ queryKey: [path] })
    },
  })
}
