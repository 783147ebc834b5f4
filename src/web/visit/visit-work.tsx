import { useMutation } from "@tanstack/react-query"
import { App, Button, Upload } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { addPhoto, finishVisit } from "../../lifecycle/visit/contract.ts"
import { call, upload } from "../client.ts"
import { RefusalAlert } from "../parts/refusal-alert.tsx"
import type { VisitPartProps } from "./visit-contact.tsx"

export interface VisitWorkProps extends VisitPartProps {
  readonly onFinished: () => void
}

/** Photos, and the end of the visit. */
export function VisitWork({ visit, onFinished }: VisitWorkProps) {
  const { t } = useTranslation("visit")
  const { modal } = App.useApp()
  const { communityId, linkId } = visit
  const params = { communityId, linkId }
  const finish = useMutation({
    mutationFn: () => call(finishVisit, { params, body: {} }),
    onSuccess: onFinished,
  })
  const confirm = () =>
    modal.confirm({
      title: t("finishTitle"),
      content: t("finishText"),
      okText: t("finishYes"),
      cancelText: t("finishNo"),
      onOk: () => finish.mutate(),
    })
  return (
    <section aria-label={t("photos")}>
      <h2>{t("photos")}</h2>
      <AddPhoto visit={visit} />
      <Button
        className="hd-visit-finish"
        type="primary"
        size="large"
        block
        loading={finish.isPending}
        onClick={confirm}
      >
        {t("finish")}
      </Button>
      <RefusalAlert error={finish.error} />
    </section>
  )
}

function AddPhoto({ visit }: VisitPartProps) {
  const { t } = useTranslation("visit")
  const { communityId, linkId } = visit
  const [photos, setPhotos] = useState(visit.photos)
  const sent = useMutation({
    mutationFn: (file: File) => upload(addPhoto, { params: { communityId, linkId } }, { file }),
    onSuccess: (reply) => setPhotos(reply.photos),
    gcTime: 0,
  })
  return (
    <>
      <Upload
        accept="image/jpeg,image/png"
        showUploadList={false}
        // The page sends the file itself; `false` keeps the component from doing so.
        beforeUpload={(file) => {
          sent.mutate(file)
          return false
        }}
      >
        <Button size="large" loading={sent.isPending}>
          {t("addPhoto")}
        </Button>
      </Upload>
      <p className="hd-faint" role="status">
        {photos > 0 ? t("photoAdded", { count: photos }) : t("photosHint")}
      </p>
      <RefusalAlert error={sent.error} />
    </>
  )
}
