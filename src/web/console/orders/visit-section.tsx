import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button, Tag } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { OrderDetail } from "../../../lifecycle/use/contract.ts"
import { makeVisitLink, readPhoto, readVisit, type VisitLink } from "../../../lifecycle/visit/contract.ts"
import { ask, call, href } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { showInstant } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import "../../visit/visit.css"
import { LinkOnce } from "./link-once.tsx"
import { type Agreed, VisitWindow } from "./visit-window.tsx"

export interface VisitSectionProps {
  readonly communityId: string
  readonly order: OrderDetail
}

/** The repairer's link of an order: made, shown once, followed; and the photos that came back. Clause 4.6. */
export function VisitSection({ communityId, order }: VisitSectionProps) {
  const { t } = useTranslation("visit")
  const params = { communityId, orderId: order.orderId }
  const query = useQuery(ask(readVisit, { params }))
  const [link] = query.data?.links ?? []
  const photos = query.data?.photos ?? []
  return (
    <section className="hd-section" aria-label={t("link.title")}>
      <h2>{t("link.title")}</h2>
      <p className="hd-faint">{t("link.hint")}</p>
      {link !== undefined && <LinkState link={link} />}
      <MakeLink communityId={communityId} order={order} hasLink={link !== undefined && !link.isDead} />
      <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
      {photos.length > 0 && <Photos params={params} photos={photos} />}
    </section>
  )
}

function LinkState({ link }: { readonly link: VisitLink }) {
  const { t } = useTranslation("visit")
  return (
    <>
      <p>
        <Tag color={link.isDead ? "default" : "green"}>{t(link.isDead ? "link.dead" : "link.live")}</Tag>
        {t("link.made", { at: showInstant(link.madeAt), name: link.repairer })} ·{" "}
        {link.openedAt === null ? t("link.notOpened") : t("link.opened", { at: showInstant(link.openedAt) })}
      </p>
      {link.otherDevices > 0 && (
        <p role="alert" className="hd-warning">
          {t("link.otherDevices", { count: link.otherDevices })}
        </p>
      )}
    </>
  )
}

interface MakeLinkProps extends VisitSectionProps {
  readonly hasLink: boolean
}

function MakeLink({ communityId, order, hasLink }: MakeLinkProps) {
  const { t } = useTranslation("visit")
  const { modal } = App.useApp()
  const client = useQueryClient()
  const [agreed, setAgreed] = useState<Agreed | null>(null)
  const params = { communityId, orderId: order.orderId }
  const make = useMutation({
    mutationFn: () => call(makeVisitLink, { params, body: agreed === null ? {} : { window: agreed } }),
    onSuccess: () => client.invalidateQueries({ queryKey: [readVisit.path] }),
    gcTime: 0,
  })
  const confirm = () =>
    modal.confirm({
      title: t("link.remakeTitle"),
      content: t("link.remakeText"),
      okText: t("link.remake"),
      cancelText: t("link.cancel"),
      onOk: () => make.mutate(),
    })
  const isWithRepairer = order.assignee?.post === "repairer" && order.state === "dispatched"
  const name = order.assignee?.name ?? ""
  return (
    <>
      <Guard reason={isWithRepairer ? null : t("link.noRepairer")}>
        {(disabled) => (
          <div className="hd-link-make">
            <VisitWindow disabled={disabled} onChange={setAgreed} />
            <Button
              disabled={disabled}
              loading={make.isPending}
              onClick={hasLink ? confirm : () => make.mutate()}
            >
              {t(hasLink ? "link.remake" : "link.make")}
            </Button>
          </div>
        )}
      </Guard>
      <RefusalAlert error={make.error} />
      {make.data !== undefined && isWithRepairer && (
        <LinkOnce name={name} address={`${window.location.origin}${paths.visit()}#${make.data.link}`} />
      )}
    </>
  )
}

interface PhotosProps {
  readonly params: { readonly communityId: string; readonly orderId: string }
  readonly photos: ReadonlyArray<{ readonly photoId: string }>
}

/** Each picture shown is a look and leaves its trace: none is loaded before somebody wants it. */
function Photos({ params, photos }: PhotosProps) {
  const { t } = useTranslation("visit")
  const [isShown, setShown] = useState(false)
  return (
    <div>
      <h3>{t("link.photos", { count: photos.length })}</h3>
      {!isShown && <Button onClick={() => setShown(true)}>{t("link.show")}</Button>}
      {isShown && (
        <div className="hd-photos">
          {photos.map(({ photoId }, index) => (
            <img
              key={photoId}
              alt={t("link.photo", { count: index + 1 })}
              src={href(readPhoto, { params: { ...params, photoId } })}
            />
          ))}
        </div>
      )}
    </div>
  )
}
