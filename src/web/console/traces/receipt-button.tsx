import { useMutation } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button } from "antd"
import { useTranslation } from "react-i18next"
import { readReceipt } from "../../../ledger/ledger-contract.ts"
import { call } from "../../client.ts"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { linkHash } from "../../verify/verify-link.ts"
import "./traces.css"

/** Takes the receipt of a trace and leads to the page that checks it; the receipt travels behind the `#` only. */
export function ReceiptButton({ traceId }: { readonly traceId: string }) {
  const { t } = useTranslation("traces")
  const { communityId } = useCommunity()
  const { ofError } = useSentences()
  const navigate = useNavigate()
  const take = useMutation({
    mutationFn: () => call(readReceipt, { params: { communityId, traceId } }),
    onSuccess: ({ receipt }) =>
      navigate({ to: paths.verify(), hash: linkHash({ kind: "receipt", text: receipt }) }),
  })
  return (
    <>
      <Button
        className="hd-trace-receipt"
        type="link"
        size="small"
        aria-label={t("receipt.openFor")}
        loading={take.isPending}
        onClick={() => take.mutate()}
      >
        {t("receipt.open")}
      </Button>
      {take.error !== null && (
        <span role="alert" className="hd-wrap">
          {ofError(take.error)}
        </span>
      )}
    </>
  )
}
