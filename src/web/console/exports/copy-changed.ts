import type { QueryClient } from "@tanstack/react-query"
import { listExports } from "../../../lifecycle/export/contract.ts"
import { listAuthorityRequests } from "../../../lifecycle/parties/authority-contract.ts"
import { listSharings } from "../../../lifecycle/parties/contract.ts"

/** A copy has moved on, and with it what a third party or an authority waits for. */
export async function copyChanged(client: QueryClient): Promise<void> {
  const lists = [listExports, listSharings, listAuthorityRequests]
  await Promise.all(lists.map(({ path }) => client.invalidateQueries({ queryKey: [path] })))
}
