import { useQuery } from "@tanstack/react-query"
import { Button } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type ChannelRegister, type ChannelView, listChannels } from "../../../lifecycle/forms/contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { ListPage } from "../../parts/list-page.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSay } from "../../parts/use-say.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { ChannelDialog } from "./channel-dialog.tsx"
import { ContactButton } from "./contact-button.tsx"

/** The register of channels, and whom the public notice names. Clause 2.8; PIPL 17. */
export function ChannelsPage() {
  const { t } = useTranslation("channels")
  const say = useSay()
  const { communityId, posts } = useCommunity()
  const query = useQuery(ask(listChannels, { params: { communityId } }))
  const [changing, setChanging] = useState<ChannelView | null>(null)
  const reason = posts.includes("privacy_officer") ? null : t("notYours")
  const purposeNames = (codes: readonly string[]) => {
    const found = query.data?.purposes.filter(({ code }) => codes.includes(code)) ?? []
    return found.length > 3
      ? t("count", { count: found.length })
      : found.map(({ label }) => say(label)).join(" · ")
  }
  return (
    <>
      <ListPage<ChannelRegister, ChannelView>
        title={t("title")}
        hint={t("hint")}
        query={query}
        rows={(reply) => reply.channels}
        rowKey={(row) => row.channel}
        actions={
          <>
            <ContactButton reason={reason} />
            <Button href={paths.notice(communityId)} target="_blank">
              {t("toNotice")}
            </Button>
          </>
        }
        columns={[
          { key: "channel", title: t("channel"), card: "title", render: (row) => t(`names.${row.channel}`) },
          { key: "state", title: t("state"), card: "extra", render: (row) => t(row.state) },
          { key: "purposes", title: t("purposes"), render: (row) => purposeNames(row.purposes) || "—" },
          { key: "fields", title: t("fields"), render: (row) => t("count", { count: row.fields.length }) },
          {
            key: "responsible",
            title: t("responsible"),
            render: (row) => row.responsible?.name ?? t("nobody"),
          },
          {
            key: "changed",
            title: t("changed"),
            render: (row) =>
              row.changedAt === null ? (
                t("asItComes")
              ) : (
                <>
                  {row.changedBy} <When at={row.changedAt} />
                </>
              ),
          },
          {
            key: "act",
            title: t("change"),
            render: (row) => (
              <Guard reason={reason}>
                {(disabled) => (
                  <Button size="small" disabled={disabled} onClick={() => setChanging(row)}>
                    {t("change")}
                  </Button>
                )}
              </Guard>
            ),
          },
        ]}
        empty={{ title: t("title") }}
      />
      {changing !== null && query.data !== undefined && (
        <ChannelDialog channel={changing} register={query.data} onClose={() => setChanging(null)} />
      )}
    </>
  )
}
