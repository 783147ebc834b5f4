import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button, Input, Segmented, Select } from "antd"
import { useTranslation } from "react-i18next"
import { z } from "zod"
import { applicationStates } from "../../../lifecycle/apply/application.ts"
import { type ApplicationSummary, listApplications } from "../../../lifecycle/apply/contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Icon } from "../../parts/icon.tsx"
import { type ListColumn, ListPage } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useFilters, usePaging } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { ApplicationState } from "./application-state.tsx"
import "./applications.css"

const scopes = ["to_sign", "mine", "all"] as const
const signs = ["supervisor", "archivist", "manager", "privacy_officer"]

/** Applications: those that wait for one's signature, one's own, all within reach. Clauses 4.2, 4.4. */
export function ApplicationsPage() {
  const { t } = useTranslation("applications")
  const { communityId, posts } = useCommunity()
  const { values } = useFilters()
  const { after } = usePaging()
  const usual = posts.some((post) => signs.includes(post)) ? "to_sign" : "mine"
  const scope = z.enum(scopes).catch(usual).parse(values["scope"])
  const state = z.enum(applicationStates).safeParse(values["state"]).data
  const { number } = values
  const query = useQuery({
    ...ask(listApplications, { params: { communityId }, query: { scope, state, number, after } }),
    placeholderData: keepPreviousData,
  })
  const isFiltered = state !== undefined || number !== undefined
  const none = scope === "to_sign" ? "to_sign" : "none"
  const empty = isFiltered ? "filtered" : none
  return (
    <ListPage
      title={t("title")}
      hint={t("hint")}
      actions={<Ways />}
      query={query}
      rows={(reply): readonly ApplicationSummary[] => reply.applications}
      next={(reply) => reply.next}
      rowKey={(row) => row.applicationId}
      columns={useColumns(communityId)}
      empty={{ title: t(`empty.${empty}`), hint: t(`empty.${empty}Hint`) }}
      filters={<Filters scope={scope} />}
    />
  )
}

function Filters({ scope }: { readonly scope: (typeof scopes)[number] }) {
  const { t } = useTranslation("applications")
  const { values, set } = useFilters()
  return (
    <>
      <Segmented
        aria-label={t("scope.label")}
        value={scope}
        onChange={(chosen) => set({ scope: chosen })}
        options={scopes.map((value) => ({ value, label: t(`scope.${value}`) }))}
      />
      {scope !== "to_sign" && (
        <Select
          aria-label={t("state.label")}
          value={values["state"] ?? "all"}
          onChange={(chosen) => set({ state: chosen === "all" ? undefined : chosen })}
          options={["all" as const, ...applicationStates].map((value) => ({
            value,
            label: t(`state.${value}`),
          }))}
        />
      )}
      <Input.Search
        data-search
        allowClear
        className="hd-find"
        placeholder={t("find")}
        aria-label={t("find")}
        defaultValue={values["number"] ?? ""}
        onSearch={(text) => set({ number: text.trim() === "" ? undefined : text.trim() })}
      />
    </>
  )
}

function Ways() {
  const { t } = useTranslation("applications")
  const { communityId, posts } = useCommunity()
  const navigate = useNavigate()
  const holds = (...wanted: readonly string[]) => posts.some((post) => wanted.includes(post))
  const ways = [
    ["caps", paths.caps(communityId), holds("manager", "privacy_officer", "auditor")],
    ["duties", paths.duties(communityId), holds(...signs, "auditor", "system_admin")],
  ] as const
  return (
    <>
      {ways.map(([name, to, isOpen]) => (
        <Guard key={name} reason={isOpen ? null : t("onlyFor")}>
          {(disabled) => (
            <Button disabled={disabled} onClick={() => void navigate({ to })}>
              {t(name)}
            </Button>
          )}
        </Guard>
      ))}
      <Guard reason={holds("clerk", "supervisor", "manager") ? null : t("applyClosed")}>
        {(disabled) => (
          <Button
            type="primary"
            icon={<Icon name="plus" />}
            disabled={disabled}
            onClick={() => void navigate({ to: paths.newApplication(communityId) })}
          >
            {t("apply")}
          </Button>
        )}
      </Guard>
    </>
  )
}

function useColumns(communityId: string): readonly ListColumn<ApplicationSummary>[] {
  const { t } = useTranslation("applications")
  const word = useWords()
  return [
    {
      key: "number",
      title: t("columns.number"),
      card: "title",
      render: (row) => (
        <PathLink to={paths.application(communityId, row.applicationId)}>{row.number}</PathLink>
      ),
    },
    { key: "purpose", title: t("columns.purpose"), render: (row) => word("purposes", row.purpose) },
    {
      key: "fields",
      title: t("columns.fields"),
      render: (row) => row.fields.map((field) => word("fields", field)).join("、"),
    },
    { key: "by", title: t("columns.by"), render: (row) => row.applied.by?.name },
    { key: "at", title: t("columns.at"), render: (row) => <When at={row.applied.at} /> },
    {
      key: "next",
      title: t("columns.next"),
      render: (row) => (row.nextPost === null ? "—" : word("posts", row.nextPost)),
    },
    {
      key: "state",
      title: t("columns.state"),
      card: "extra",
      width: 110,
      render: (row) => <ApplicationState state={row.state} />,
    },
  ]
}
