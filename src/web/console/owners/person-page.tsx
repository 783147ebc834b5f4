import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Alert, Button } from "antd"
import { useTranslation } from "react-i18next"
import type { Post } from "../../../duty/people/post.ts"
import { type Person, readPerson } from "../../../lifecycle/store/contract.ts"
import { ask } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { Nothing } from "../../parts/nothing.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { EmergencyButton } from "../emergencies/emergency-button.tsx"
import { useProblemSentence } from "../imports/problem-sentence.ts"
import { Facts } from "./facts.tsx"
import { Residences } from "./residences.tsx"

const deskPosts: readonly Post[] = ["clerk", "supervisor", "manager"]

/** One person by class, all masked. Clause 3.10. */
export function PersonPage() {
  const { t } = useTranslation("owners")
  const { communityId, posts } = useCommunity()
  const navigate = useNavigate()
  const personId = usePathParam("personId")
  const query = useQuery(ask(readPerson, { params: { communityId, personId } }))
  const person = query.data
  return (
    <Page
      title={person === undefined ? t("person.title") : headingOf(person, t("person.title"))}
      hint={t("person.masked")}
      back={<PathLink to={paths.owners(communityId)}>‹ {t("person.back")}</PathLink>}
      actions={
        <>
          <Guard reason={posts.some((post) => deskPosts.includes(post)) ? null : t("person.noConsents")}>
            {(disabled) => (
              <Button
                disabled={disabled}
                onClick={() => void navigate({ to: paths.personConsents(communityId, personId) })}
              >
                {t("person.consents")}
              </Button>
            )}
          </Guard>
          <EmergencyButton personId={personId} />
        </>
      }
      personal
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {person && <PersonBody person={person} />}
    </Page>
  )
}

/** The masked name and the first home, as far as they are there. */
function headingOf({ classes, residences }: Person, otherwise: string): string {
  const name = classes.flatMap(({ facts }) => facts).find(({ field }) => field === "name")?.masks[0]
  return [residences[0]?.home, name].filter((part) => part !== undefined).join(" ") || otherwise
}

function PersonBody({ person }: { readonly person: Person }) {
  const { t } = useTranslation("owners")
  const word = useWords()
  return (
    <>
      {person.company && <Alert type="info" title={t("person.company")} />}
      <ToVerify items={person.toVerify} />
      <section className="hd-section" aria-label={t("person.residences")}>
        <h2>{t("person.residences")}</h2>
        <Residences personId={person.personId} residences={person.residences} />
      </section>
      {person.classes.length === 0 && <Nothing title={t("person.noFacts")} hint={t("person.noFactsHint")} />}
      {person.classes.map(({ class: code, facts }) => (
        <section key={code} className="hd-section" aria-label={word("classes", code)}>
          <h2>{word("classes", code)}</h2>
          <Facts facts={facts} />
        </section>
      ))}
      <p className="hd-faint">{t("person.levels")}</p>
    </>
  )
}

function ToVerify({ items }: { readonly items: Person["toVerify"] }) {
  const { t } = useTranslation("owners")
  const word = useWords()
  const sentence = useProblemSentence()
  if (items.length === 0) return null
  return (
    <Alert
      className="hd-section"
      type="warning"
      showIcon
      title={t("person.toVerify")}
      description={
        <>
          {t("person.toVerifyHint")}
          <ul>
            {items.map(({ field, reason }) => (
              <li key={`${field} ${reason}`}>
                {word("fields", field)}：{sentence(reason)}
              </li>
            ))}
          </ul>
        </>
      }
    />
  )
}
