import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Button, Modal } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import {
  type AuthorityRequest,
  keepAuthorityReceipt,
  listAuthorityRequests,
  showAuthorityOfficers,
  showAuthorityPaper,
} from "../../../lifecycle/parties/authority-contract.ts"
import { call, fetchFile } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { PaperInput } from "../parties/paper-input.tsx"
import { showPaper } from "../parties/show-paper.ts"

interface ActsProps {
  readonly request: AuthorityRequest
}

/** The document, the officers in the clear, and what is next. */
export function RequestActs({ request }: ActsProps) {
  const { t } = useTranslation("authorities")
  const { communityId, posts } = useCommunity()
  const may = posts.some((post) => post !== "auditor")
  if (!may) return <span className="hd-faint">—</span>
  return (
    <div className="hd-parties-acts">
      {request.state === "approved" && <PathLink to={paths.exports(communityId)}>{t("toCopies")}</PathLink>}
      {request.state === "handed" && <Receipt request={request} />}
      <Paper request={request} which="document" />
      {request.receiptAt && <Paper request={request} which="receipt" />}
      <Officers request={request} />
    </div>
  )
}

function Paper({ request, which }: ActsProps & { readonly which: "document" | "receipt" }) {
  const { t } = useTranslation("authorities")
  const { communityId } = useCommunity()
  const params = { communityId, applicationId: request.applicationId }
  const fetching = useMutation({
    mutationFn: () => fetchFile(showAuthorityPaper, { params, body: { which } }),
    onSuccess: showPaper,
  })
  return (
    <>
      <Button size="small" type="link" loading={fetching.isPending} onClick={() => fetching.mutate()}>
        {t(`see.${which}`)}
      </Button>
      <RefusalAlert error={fetching.error} />
    </>
  )
}

function Officers({ request }: ActsProps) {
  const { t } = useTranslation("authorities")
  const { communityId } = useCommunity()
  const params = { communityId, applicationId: request.applicationId }
  const show = useMutation({ mutationFn: () => call(showAuthorityOfficers, { params, body: {} }) })
  return (
    <>
      <Button size="small" type="link" loading={show.isPending} onClick={() => show.mutate()}>
        {t("see.officers")}
      </Button>
      <Modal
        open={show.data !== undefined}
        title={t("see.officers")}
        footer={null}
        onCancel={() => show.reset()}
        destroyOnHidden
      >
        {show.data?.officers.map(({ name, card }) => (
          <p key={card}>
            {name}　{card}
          </p>
        ))}
        <p className="hd-faint">{t("see.traced")}</p>
      </Modal>
      <RefusalAlert error={show.error} />
    </>
  )
}

function Receipt({ request }: ActsProps) {
  const { t } = useTranslation("authorities")
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const { message } = App.useApp()
  const [isOpen, setOpen] = useState(false)
  const [paper, setPaper] = useState<string>()
  const params = { communityId, applicationId: request.applicationId }
  const keep = useMutation({
    mutationFn: () => call(keepAuthorityReceipt, { params, body: { paper: paper ?? "" } }),
    onSuccess: () => {
      void message.success(t("receipt.done"))
      setOpen(false)
    },
    onSettled: () => client.invalidateQueries({ queryKey: [listAuthorityRequests.path] }),
  })
  return (
    <>
      <Guard reason={request.isOwn ? null : t("receipt.closed")}>
        {(disabled) => (
          <Button size="small" type="primary" disabled={disabled} onClick={() => setOpen(true)}>
            {t("receipt.open")}
          </Button>
        )}
      </Guard>
      <Modal
        open={isOpen}
        title={t("receipt.open")}
        okText={t("receipt.submit")}
        cancelText={t("cancel")}
        okButtonProps={{ disabled: paper === undefined }}
        confirmLoading={keep.isPending}
        onOk={() => keep.mutate()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p className="hd-faint">{t("receipt.hint")}</p>
        <PaperInput id="hd-receipt" label={t("receipt.file")} onChange={setPaper} />
        <RefusalAlert error={keep.error} />
      </Modal>
    </>
  )
}
