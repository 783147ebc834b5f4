import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Progress, Upload } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { listImports, readImport, uploadImport } from "../../../lifecycle/collect/contract.ts"
import { ask, upload } from "../../client.ts"
import { Icon } from "../../parts/icon.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { paths } from "../../paths.ts"
import { useMayImport } from "./use-may-import.ts"
import "./imports.css"

/** Takes one workbook by drag or click, shows how much of it has left, then leads to its import. */
export function Uploader({ communityId }: { readonly communityId: string }) {
  const { t } = useTranslation("imports")
  const [share, setShare] = useState(0)
  const send = useSend(communityId, setShare)
  const sending = send.isPending ? send.variables.name : null
  const reason = useMayImport()
  return (
    <section className="hd-upload" aria-label={t("upload.title")}>
      <Upload.Dragger
        accept=".xlsx,.xls,.csv"
        multiple={false}
        showUploadList={false}
        disabled={sending !== null || reason !== null}
        aria-label={t("upload.label")}
        // The console sends the file itself; `false` keeps the component from doing so.
        beforeUpload={(file) => {
          send.mutate(file)
          return false
        }}
      >
        <Icon name="upload" size={28} />
        <p className="hd-upload-drag">{reason ?? t("upload.drag")}</p>
        <p className="hd-faint">{t("upload.formats")}</p>
      </Upload.Dragger>
      <div aria-live="polite">
        {sending !== null && (
          <>
            <p>{share < 1 ? t("upload.sending", { name: sending }) : t("upload.reading")}</p>
            <Progress percent={Math.floor(share * 100)} status="active" aria-label={t("upload.title")} />
          </>
        )}
        <RefusalAlert error={send.error} />
      </div>
    </section>
  )
}

function useSend(communityId: string, onProgress: (share: number) => void) {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (file: File) => {
      onProgress(0)
      return upload(uploadImport, { params: { communityId } }, { file, onProgress })
    },
    onSuccess: (detail) => {
      const { importId } = detail
      client.setQueryData(ask(readImport, { params: { communityId, importId } }).queryKey, detail)
      void client.invalidateQueries({ queryKey: [listImports.path] })
      void navigate({ to: paths.import(communityId, importId) })
    },
    gcTime: 0,
  })
}
