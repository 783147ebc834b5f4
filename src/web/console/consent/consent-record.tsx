import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { eventKinds } from "../../../lifecycle/consent/consent.ts"
import type { ConsentRecord } from "../../../lifecycle/consent/receipt.ts"
import { ReadText } from "../../parts/read-text.tsx"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"

/** What a receipt says: event, data, text as it was read, and what a withdrawal or a lapse stopped. Clauses 2.7, 7.2. */
export function ConsentRecordFacts({ record }: { readonly record: ConsentRecord }) {
  const { t } = useTranslation("consent")
  const word = useWords()
  const { event, privacy_notice: notice, purposes, stopped } = record
  const kind = eventKinds.find((one) => one === event.event_type)
  const fields = (codes: readonly string[]) => codes.map((code) => word("fields", code)).join("、")
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t("record.event"),
      <strong key="event">{kind === undefined ? event.event_type : t(`kinds.${kind}`)}</strong>,
    ],
    [t("record.time"), <When key="time" at={event.event_time} seconds />],
    [t("record.how"), <How key="how" event={event} />],
    ...purposes.map(
      (one) => [t("record.purpose"), `${word("purposes", one.purpose)} · ${fields(one.pii_types)}`] as const,
    ),
    [t("record.text"), t("record.version", { version: notice.version })],
    [t("record.principal"), <code key="principal">{record.pii_principal_id}</code>],
    [t("record.id"), <code key="id">{record.receipt_id}</code>],
  ]
  return (
    <>
      <dl className="hd-facts hd-consent-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <ReadText lang={notice.language} text={notice.text} />
      {(event.event_type === "withdrawn" || event.event_type === "lapsed") && (
        <Stopped
          stopped={stopped}
          title={t(event.event_type === "lapsed" ? "record.lapseStopped" : "record.stopped")}
        />
      )}
    </>
  )
}

function How({ event }: { readonly event: ConsentRecord["event"] }) {
  const { t } = useTranslation("consent")
  const channel = { desk: 1, paper: 1, phone_page: 1, phone_call: 1, server: 1 } as const
  const evidence = { signature: 1, code: 1, paper: 1 } as const
  const known = <Code extends string>(all: Readonly<Record<Code, 1>>, code: string): Code | undefined =>
    Object.keys(all).find((one): one is Code => one === code)
  const through = known(channel, event.channel)
  const shown = known(evidence, event.evidence)
  const parts = [
    through === undefined ? event.channel : t(`channels.${through}`),
    event.evidence === "none" ? null : shown === undefined ? event.evidence : t(`evidence.${shown}`),
    event.paper_number,
    event.paper_place,
  ]
  return <>{parts.filter((part) => part !== null).join(" · ")}</>
}

interface StoppedProps {
  readonly stopped: ConsentRecord["stopped"]
  readonly title: string
}

function Stopped({ stopped, title }: StoppedProps) {
  const { t } = useTranslation("consent")
  const word = useWords()
  return (
    <section className="hd-section" aria-label={title}>
      <h2>{title}</h2>
      {stopped.length === 0 && <p>{t("record.nothingRan")}</p>}
      <ul>
        {stopped.map((one) => (
          <li key={one.use_id}>
            {word("purposes", one.purpose)} · {one.pii_types.map((code) => word("fields", code)).join("、")} ·{" "}
            {t(one.was_queued ? "record.queued" : "record.removed")}
          </li>
        ))}
      </ul>
    </section>
  )
}
