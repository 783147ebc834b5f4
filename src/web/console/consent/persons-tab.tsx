import { useQuery } from "@tanstack/react-query"
import { Segmented, Select, Skeleton } from "antd"
import { useTranslation } from "react-i18next"
import { consentStates } from "../../../lifecycle/consent/consent.ts"
import { listConsents, listConsentTexts } from "../../../lifecycle/consent/contract.ts"
import type { Card } from "../../../lifecycle/store/contract.ts"
import { ask } from "../../client.ts"
import { ListRows } from "../../parts/list-page.tsx"
import { MaskedText } from "../../parts/masked-text.tsx"
import { Nothing } from "../../parts/nothing.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useFilters } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useSay } from "../../parts/use-say.ts"
import { paths } from "../../paths.ts"

const listed = consentStates.filter((state) => state !== "none" && state !== "asked")

/** Persons by their answer, masked; those to be asked again first. Clause 2.6. */
export function PersonsTab() {
  const { t } = useTranslation("consent")
  const { values, set } = useFilters()
  const { features, isNone, error } = useFeatures()
  const feature = features.find(({ value }) => value === values["feature"])?.value ?? features[0]?.value
  const state = listed.find((one) => one === values["state"]) ?? "stale"
  if (isNone) return <Nothing title={t("texts.none")} hint={t("texts.noneHint")} />
  return (
    <>
      <div className="hd-consent-bar">
        <Select
          aria-label={t("persons.feature")}
          style={{ minWidth: 180 }}
          value={feature ?? null}
          onChange={(chosen) => set({ feature: chosen ?? undefined })}
          options={features}
        />
        <Segmented
          aria-label={t("persons.state")}
          value={state}
          onChange={(chosen) => set({ state: chosen })}
          options={listed.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </div>
      <RefusalAlert error={error} />
      {feature !== undefined && <Persons feature={feature} state={state} />}
    </>
  )
}

/** The features that have a text, by their names in force. */
function useFeatures() {
  const say = useSay()
  const { communityId } = useCommunity()
  const { data, error } = useQuery(ask(listConsentTexts, { params: { communityId } }))
  const features = [...Map.groupBy(data?.texts ?? [], (one) => one.feature)].flatMap(([value, [newest]]) =>
    newest === undefined
      ? []
      : [{ value, label: say({ "zh-CN": newest.words["zh-CN"].name, en: newest.words.en.name }) }],
  )
  return { features, isNone: data !== undefined && features.length === 0, error }
}

interface PersonsProps {
  readonly feature: string
  readonly state: Exclude<(typeof consentStates)[number], "none">
}

function Persons({ feature, state }: PersonsProps) {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  const query = useQuery(ask(listConsents, { params: { communityId }, query: { feature, state } }))
  if (query.isPending) return <Skeleton active />
  return (
    <>
      <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.data !== undefined && (
        <ListRows<Card>
          found={query.data.persons}
          rowKey={(row) => row.personId}
          columns={[
            { key: "home", title: t("persons.home"), card: "title", render: (row) => row.home },
            { key: "name", title: t("persons.name"), card: "title", render: (row) => row.name },
            { key: "phone", title: t("persons.phone"), render: (row) => <MaskedText mask={row.phone} /> },
            {
              key: "act",
              title: t("persons.act"),
              card: "extra",
              render: (row) => (
                <PathLink to={paths.personConsents(communityId, row.personId)}>
                  {t(state === "stale" ? "persons.askAgain" : "persons.open")}
                </PathLink>
              ),
            },
          ]}
          empty={{ title: t("persons.none"), hint: state === "stale" ? t("persons.noneStale") : undefined }}
        />
      )}
      {query.data?.more === true && <p className="hd-faint">{t("persons.more")}</p>}
    </>
  )
}
