import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { Button, Modal } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type LinkView, listForms, listLinks, makeLink, stopLink } from "../../../lifecycle/forms/contract.ts"
import { ask, call } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Guard } from "../../parts/guard.tsx"
import { ListRows } from "../../parts/list-page.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { ScanCode } from "../../parts/scan-code.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSay } from "../../parts/use-say.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { PurposeSelect } from "./purpose-select.tsx"

const hanging = ["supervisor", "manager", "privacy_officer"]

/** The codes at the counter: one a purpose, replaced or stopped at any time. */
export function Codes() {
  const { t } = useTranslation("forms")
  const say = useSay()
  const { communityId, posts } = useCommunity()
  const client = useQueryClient()
  const params = { communityId }
  const forms = useQuery(ask(listForms, { params, query: { channel: "phone" } }))
  const links = useQuery(ask(listLinks, { params }))
  const [purpose, setPurpose] = useState<string | null>(null)
  const [shown, setShown] = useState<LinkView | null>(null)
  const renew = () => void client.invalidateQueries({ queryKey: [listLinks.path] })
  const make = useMutation({
    mutationFn: (chosen: string) => call(makeLink, { params, body: { linkId: newId(), purpose: chosen } }),
    onSuccess: renew,
  })
  const stop = useMutation({
    mutationFn: (linkId: string) => call(stopLink, { params: { communityId, linkId }, body: {} }),
    onSuccess: renew,
  })
  const reason = posts.some((post) => hanging.includes(post)) ? null : t("codes.notYours")
  const nameOf = (code: string) => {
    const form = forms.data?.forms.find((one) => one.purpose === code)
    return form === undefined ? code : say(form.label)
  }
  const hasCode = links.data?.links.some((one) => one.purpose === purpose && one.stoppedAt === null)
  return (
    <>
      <div className="hd-form-bar">
        <PurposeSelect forms={forms.data?.forms} value={purpose} onChange={setPurpose} />
        <Guard reason={reason}>
          {(disabled) => (
            <Button
              type="primary"
              disabled={disabled || purpose === null}
              loading={make.isPending}
              onClick={() => purpose !== null && make.mutate(purpose)}
            >
              {hasCode === true ? t("codes.renew") : t("codes.make")}
            </Button>
          )}
        </Guard>
        <span className="hd-faint">{t("codes.hint")}</span>
      </div>
      <RefusalAlert error={make.error ?? stop.error ?? links.error ?? forms.error} />
      <ListRows
        found={links.data?.links ?? []}
        rowKey={(row) => row.linkId}
        columns={[
          { key: "purpose", title: t("purpose"), card: "title", render: (row) => nameOf(row.purpose) },
          {
            key: "state",
            title: t("inbox.state"),
            card: "extra",
            render: (row) => (row.stoppedAt === null ? t("codes.inUse") : t("codes.stopped")),
          },
          { key: "by", title: t("codes.by"), render: (row) => row.madeBy },
          { key: "at", title: t("inbox.when"), render: (row) => <When at={row.at} /> },
          {
            key: "act",
            title: t("codes.showing"),
            render: (row) =>
              row.stoppedAt === null && (
                <span className="hd-form-place">
                  <Button size="small" onClick={() => setShown(row)}>
                    {t("codes.showing")}
                  </Button>
                  <Guard reason={reason}>
                    {(disabled) => (
                      <Button size="small" disabled={disabled} onClick={() => stop.mutate(row.linkId)}>
                        {t("codes.stop")}
                      </Button>
                    )}
                  </Guard>
                </span>
              ),
          },
        ]}
        empty={{ title: t("codes.empty"), hint: t("codes.hint") }}
      />
      {shown !== null && (
        <CodeDialog link={shown} name={nameOf(shown.purpose)} onClose={() => setShown(null)} />
      )}
    </>
  )
}

interface CodeDialogProps {
  readonly link: LinkView
  readonly name: string
  readonly onClose: () => void
}

function CodeDialog({ link, name, onClose }: CodeDialogProps) {
  const { t } = useTranslation("forms")
  const address = `${window.location.origin}${paths.phoneForm(link.code)}`
  const label = t("codes.scan", { purpose: name })
  return (
    <Modal
      open
      title={label}
      okText={t("codes.print")}
      cancelText={t("codes.close")}
      onOk={() => window.print()}
      onCancel={onClose}
    >
      <div className="hd-code">
        <ScanCode text={address} label={label} />
        <p>
          <a href={address} target="_blank" rel="noreferrer">
            {address}
          </a>
        </p>
      </div>
    </Modal>
  )
}
