import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import { readConsents } from "../../../lifecycle/consent/contract.ts"
import { ask } from "../../client.ts"
import { Nothing } from "../../parts/nothing.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { paths } from "../../paths.ts"
import { FeatureCard } from "./feature-card.tsx"
import { Minor } from "./minor.tsx"
import "./consent.css"

/** Where one person stands with everything that needs their consent. Clauses 2.5–2.7, 2.10. */
export function PersonConsentsPage() {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  const personId = usePathParam("personId")
  const query = useQuery(ask(readConsents, { params: { communityId, personId } }))
  const consents = query.data
  return (
    <Page
      title={t("person.title")}
      hint={t("person.hint")}
      back={<PathLink to={paths.person(communityId, personId)}>‹ {t("person.back")}</PathLink>}
      actions={consents !== undefined && <Minor personId={personId} age={consents} />}
      personal
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {consents?.features.length === 0 && (
        <Nothing
          title={t("person.none")}
          hint={t("person.noneHint")}
          action={<PathLink to={paths.consents(communityId)}>{t("person.toTexts")}</PathLink>}
        />
      )}
      {consents?.features.map((feature) => (
        <FeatureCard
          key={feature.text.feature}
          personId={personId}
          isMinor={consents.isMinor}
          feature={feature}
        />
      ))}
    </Page>
  )
}
