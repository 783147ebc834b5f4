import { useMutation, useQueryClient } from "@tanstack/react-query"
import { App, Button, Modal, Popconfirm } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { downloadExport, type ExportCopy, showExportPassword } from "../../../lifecycle/export/contract.ts"
import { call, fetchFile } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { copyChanged } from "./copy-changed.ts"

/** What its recipient does with a copy that is ready: take the password once, download once. */
export function CopyActs({ copy }: { readonly copy: ExportCopy }) {
  const { t } = useTranslation("exports")
  if (copy.state !== "ready") return <span className="hd-faint">—</span>
  const foreign = copy.isOwn ? null : t("download.onlyRecipient")
  const isShown = copy.passwordShownAt !== null
  return (
    <div className="hd-export-acts">
      <Password copy={copy} reason={foreign ?? (isShown ? t("password.shown") : null)} />
      <Download copy={copy} reason={foreign ?? (isShown ? null : t("download.noPassword"))} />
    </div>
  )
}

interface ActProps {
  readonly copy: ExportCopy
  readonly reason: string | null
}

function Password({ copy, reason }: ActProps) {
  const { t } = useTranslation("exports")
  const [shown, setShown] = useState<string | null>(null)
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const { message } = App.useApp()
  const { ofError } = useSentences()
  const show = useMutation({
    mutationFn: () => call(showExportPassword, { params: { communityId, copyId: copy.copyId }, body: {} }),
    onSuccess: ({ password }) => setShown(password),
    onError: (error) => message.error(ofError(error), 6),
  })
  const close = () => {
    setShown(null)
    void copyChanged(client)
  }
  return (
    <>
      <Guard reason={reason}>
        {(disabled) => (
          <Popconfirm
            title={t("password.confirm")}
            description={t("password.confirmHint")}
            onConfirm={() => show.mutate()}
            disabled={disabled}
          >
            <Button size="small" disabled={disabled} loading={show.isPending}>
              {t("password.get")}
            </Button>
          </Popconfirm>
        )}
      </Guard>
      <Modal
        open={shown !== null}
        title={t("password.title")}
        onCancel={close}
        mask={{ closable: false }}
        footer={
          <Button type="primary" onClick={close}>
            {t("password.ready")}
          </Button>
        }
      >
        <p className="hd-export-password">{shown}</p>
        <p className="hd-faint">{t("password.once")}</p>
      </Modal>
    </>
  )
}

function Download({ copy, reason }: ActProps) {
  const { t } = useTranslation("exports")
  const { communityId } = useCommunity()
  const client = useQueryClient()
  const { message } = App.useApp()
  const { ofError } = useSentences()
  const fetching = useMutation({
    mutationFn: () => fetchFile(downloadExport, { params: { communityId, copyId: copy.copyId }, body: {} }),
    onSuccess: keep,
    onError: (error) => message.error(ofError(error), 6),
    onSettled: () => copyChanged(client),
  })
  return (
    <Guard reason={reason}>
      {(disabled) => (
        <Popconfirm
          title={t("download.confirm")}
          description={t("download.confirmHint")}
          onConfirm={() => fetching.mutate()}
          disabled={disabled}
        >
          <Button size="small" type="primary" disabled={disabled} loading={fetching.isPending}>
            {t("download.get")}
          </Button>
        </Popconfirm>
      )}
    </Guard>
  )
}

/** Hands the file to the browser, which keeps it where its owner keeps downloads. */
function keep({ blob, name }: { readonly blob: Blob; readonly name: string }): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement("a")
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}
