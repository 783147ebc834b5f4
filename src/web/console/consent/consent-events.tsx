import { useTranslation } from "react-i18next"
import type { ConsentEventView } from "../../../lifecycle/consent/contract.ts"
import { PathLink } from "../../parts/path-link.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"

export interface ConsentEventsProps {
  readonly personId: string
  readonly events: readonly ConsentEventView[]
}

/** What was asked and answered, newest first, each with its receipt. Clauses 2.5, 7.2. */
export function ConsentEvents({ personId, events }: ConsentEventsProps) {
  const { t } = useTranslation("consent")
  const { communityId } = useCommunity()
  if (events.length === 0) return <p className="hd-faint">{t("events.none")}</p>
  return (
    <ol className="hd-consent-events" aria-label={t("events.title")}>
      {events.map((event) => (
        <li key={event.eventId}>
          <When at={event.at} />
          <strong>{t(`kinds.${event.kind}`)}</strong>
          <span>
            <How event={event} />
          </span>
          <PathLink to={paths.consentReceipt(communityId, personId, event.eventId)}>
            {t("events.receipt")}
          </PathLink>
        </li>
      ))}
    </ol>
  )
}

function How({ event }: { readonly event: ConsentEventView }) {
  const { t } = useTranslation("consent")
  const word = useWords()
  const { askedPost, guardian, paperNumber, paperPlace, stopped } = event
  const who =
    askedPost === null ? t("events.ownWish") : t("events.askedBy", { post: word("posts", askedPost) })
  const isEnd = event.kind === "withdrawn" || event.kind === "lapsed"
  const parts = [
    t("events.version", { version: event.textVersion }),
    t(`channels.${event.channel}`),
    ...(event.kind === "lapsed" ? [] : [who]),
    ...(event.evidence === "none" ? [] : [t(`evidence.${event.evidence}`)]),
    ...(paperNumber === null ? [] : [paperNumber, paperPlace]),
    ...(guardian === null ? [] : [t("events.guardian", { relation: t(`guardian.relations.${guardian}`) })]),
    ...(isEnd ? [t("events.stopped", { count: stopped })] : []),
  ]
  return <>{parts.join(" · ")}</>
}
