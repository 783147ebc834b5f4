import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { endTie, listTies, type Tie } from "../../../duty/watch/contract.ts"
import { ask, call } from "../../client.ts"
import { Icon } from "../../parts/icon.tsx"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { TieDialog } from "./tie-dialog.tsx"

/** Homes of the community that staff or their relatives live in. Clause 6.4. */
export function TiesPage() {
  const { t } = useTranslation("watch")
  const { communityId, posts } = useCommunity()
  const [isAdding, setAdding] = useState(false)
  const query = useQuery(ask(listTies, { params: { communityId } }))
  const end = useEnd()
  const columns: readonly ListColumn<Tie>[] = [
    { key: "name", title: t("tie.columns.name"), card: "title", render: (row) => row.staff.name },
    { key: "place", title: t("tie.columns.place"), render: (row) => row.place },
    {
      key: "kind",
      title: t("tie.columns.kind"),
      card: "extra",
      render: (row) => t(`tie.kinds.${row.kind}`),
    },
    { key: "at", title: t("tie.columns.at"), render: (row) => <When at={row.at} /> },
    {
      key: "act",
      title: t("tie.columns.act"),
      render: (row) => (
        <Button size="small" onClick={() => end(row.tieId)}>
          {t("tie.end")}
        </Button>
      ),
    },
  ]
  const back = posts.includes("privacy_officer")
  return (
    <>
      <ListPage
        title={t("tie.title")}
        hint={t("tie.hint")}
        back={back && <PathLink to={paths.findings(communityId)}>‹ {t("tie.back")}</PathLink>}
        actions={
          <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
            {t("tie.add")}
          </Button>
        }
        query={query}
        rows={(reply): readonly Tie[] => reply.ties}
        rowKey={(row) => row.tieId}
        columns={columns}
        empty={{ title: t("tie.none"), hint: t("tie.noneHint") }}
      />
      {isAdding && <TieDialog onClose={() => setAdding(false)} />}
    </>
  )
}

function useEnd(): (tieId: string) => void {
  const { t } = useTranslation("watch")
  const { communityId } = useCommunity()
  const { modal, message } = App.useApp()
  const { ofError } = useSentences()
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: (tieId: string) => call(endTie, { params: { communityId, tieId } }),
    onSuccess: () => void message.success(t("tie.ended")),
    onError: (error) => void message.error(ofError(error)),
    onSettled: () => client.invalidateQueries({ queryKey: [listTies.path] }),
  })
  return (tieId) =>
    void modal.confirm({
      title: t("tie.confirmEnd"),
      okText: t("tie.end"),
      cancelText: t("dialog.cancel"),
      onOk: () => end.mutate(tieId),
    })
}
