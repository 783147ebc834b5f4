import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import { App, Button, Popconfirm, Tag } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type Duty, endDuty, listDuties } from "../../../lifecycle/apply/contract.ts"
import { ask, call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Icon } from "../../parts/icon.tsx"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { DutyDialog } from "./duty-dialog.tsx"
import { SamePersons } from "./same-persons.tsx"

const colours = { coming: "blue", running: "green", over: "default" } as const

/** Who signs in whose stead, and which accounts are one person. Clause 4.4. */
export function DutiesPage() {
  const { t } = useTranslation("applications")
  const { communityId, posts } = useCommunity()
  const query = useQuery(ask(listDuties, { params: { communityId } }))
  const [isAdding, setAdding] = useState(false)
  const keeps = posts.includes("manager") || posts.includes("privacy_officer")
  const reason = keeps ? null : t("duty.addClosed")
  return (
    <>
      <ListPage
        title={t("duty.title")}
        hint={t("duty.hint")}
        back={<PathLink to={paths.applications(communityId)}>‹ {t("duty.back")}</PathLink>}
        actions={
          <Guard reason={reason}>
            {(disabled) => (
              <Button
                type="primary"
                icon={<Icon name="plus" />}
                disabled={disabled}
                onClick={() => setAdding(true)}
              >
                {t("duty.add")}
              </Button>
            )}
          </Guard>
        }
        query={query}
        rows={(reply): readonly Duty[] => reply.duties}
        rowKey={(duty) => duty.dutyId}
        columns={useColumns(reason)}
        empty={{ title: t("duty.empty"), hint: t("duty.emptyHint") }}
      />
      {query.data && <SamePersons linked={query.data.samePersons} />}
      {isAdding && query.data && <DutyDialog signers={query.data.signers} onClose={() => setAdding(false)} />}
    </>
  )
}

function useColumns(reason: string | null): readonly ListColumn<Duty>[] {
  const { t } = useTranslation("applications")
  const word = useWords()
  return [
    { key: "post", title: t("duty.post"), card: "title", render: (duty) => word("posts", duty.post) },
    { key: "for", title: t("duty.for"), render: (duty) => duty.forStaff.name },
    { key: "deputy", title: t("duty.deputy"), render: (duty) => duty.deputy.name },
    { key: "from", title: t("duty.from"), render: (duty) => <When at={duty.from} /> },
    { key: "until", title: t("duty.until"), render: (duty) => <When at={duty.until} /> },
    { key: "by", title: t("duty.madeBy"), render: (duty) => duty.madeBy },
    {
      key: "state",
      title: t("columns.state"),
      card: "extra",
      render: (duty) => <Tag color={colours[duty.state]}>{t(`duty.state.${duty.state}`)}</Tag>,
    },
    {
      key: "end",
      title: "",
      render: (duty) => duty.state !== "over" && <EndButton duty={duty} reason={reason} />,
    },
  ]
}

function EndButton({ duty, reason }: { readonly duty: Duty; readonly reason: string | null }) {
  const { t } = useTranslation("applications")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const { ofError } = useSentences()
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: () => call(endDuty, { params: { communityId, dutyId: duty.dutyId }, body: {} }),
    onSuccess: () => client.invalidateQueries({ queryKey: [listDuties.path] }),
    onError: (error) => message.error(ofError(error), 6),
  })
  return (
    <Guard reason={reason}>
      {(disabled) => (
        <Popconfirm title={t("duty.end")} onConfirm={() => end.mutate()} disabled={disabled}>
          <Button size="small" disabled={disabled} loading={end.isPending}>
            {t("duty.end")}
          </Button>
        </Popconfirm>
      )}
    </Guard>
  )
}
