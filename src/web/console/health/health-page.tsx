import { useQuery } from "@tanstack/react-query"
import { Tag } from "antd"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { readLedger } from "../../../ledger/ledger-contract.ts"
import { ask } from "../../client.ts"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"

type State = z.output<typeof readLedger.reply>

const refreshMilliseconds = 5_000

/** Whether the log, its second place, the clock and the SIEM are well; when not, since when and what to do. Clause 3.11. */
export function HealthPage() {
  const { t } = useTranslation("health")
  const { communityId } = useCommunity()
  const query = useQuery({
    ...ask(readLedger, { params: { communityId } }),
    refetchInterval: refreshMilliseconds,
  })
  return (
    <Page
      title={t("title")}
      hint={t("hint")}
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
      actions={<PathLink to={paths.rootSheet(communityId)}>{t("root")}</PathLink>}
    >
      {query.data !== undefined && <Parts state={query.data} />}
    </Page>
  )
}

function Parts({ state }: { readonly state: State }) {
  return (
    <>
      <Publisher {...state} />
      <Mirror mirror={state.mirror} />
      <Clock clock={state.clock} />
      <Siem siem={state.siem} />
    </>
  )
}

interface PartProps {
  readonly name: string
  readonly state: { readonly text: string; readonly isWell: boolean | "absent" }
  /** What to do about it; nothing while it is well. */
  readonly advice: string | null
  readonly facts: readonly (readonly [name: string, value: ReactNode])[]
}

function Part({ name, state, advice, facts }: PartProps) {
  return (
    <section className="hd-section" aria-label={name}>
      <h2>
        {name} <Tag color={colourOf(state.isWell)}>{state.text}</Tag>
      </h2>
      {advice !== null && <p role="alert">{advice}</p>}
      <dl className="hd-facts">
        {facts.map(([fact, value]) => (
          <div key={fact}>
            <dt>{fact}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function colourOf(isWell: boolean | "absent"): string {
  if (isWell === "absent") return "default"
  return isWell ? "green" : "red"
}

function Publisher({ publisher, log }: State) {
  const { t } = useTranslation("health")
  const isWell = publisher.state === "running" || publisher.state === "standby"
  return (
    <Part
      name={t("log.title")}
      state={{ text: t(`log.states.${publisher.state}`), isWell }}
      advice={isWell ? null : t(`log.advice.${publisher.state === "stopped" ? "stopped" : "waiting"}`)}
      facts={[
        [t("log.leaves"), log === null ? t("log.elsewhere") : String(log.leaves)],
        ...(publisher.since === null
          ? []
          : [[t("since"), <When key="since" at={publisher.since} />] as const]),
        ...(publisher.reason === null ? [] : [[t("reason"), publisher.reason] as const]),
      ]}
    />
  )
}

function Mirror({ mirror }: Pick<State, "mirror">) {
  const { t } = useTranslation("health")
  return (
    <Part
      name={t("mirror.title")}
      state={{ text: t(mirror.up ? "mirror.up" : "mirror.down"), isWell: mirror.up }}
      advice={mirror.up ? null : t("mirror.advice")}
      facts={[
        [t("since"), <When key="since" at={mirror.since} />],
        [t("mirror.lag"), t("seconds", { count: Math.round(mirror.lagSeconds) })],
        [t("mirror.behind"), String(mirror.behind)],
        ...(mirror.reason === null ? [] : [[t("reason"), mirror.reason] as const]),
      ]}
    />
  )
}

function Clock({ clock }: Pick<State, "clock">) {
  const { t } = useTranslation("health")
  return (
    <Part
      name={t("clock.title")}
      state={{ text: t(clock === null ? "clock.right" : "clock.back"), isWell: clock === null }}
      advice={clock === null ? null : t("clock.advice")}
      facts={
        clock === null
          ? []
          : [
              [t("since"), <When key="since" at={clock.since} />],
              [t("clock.behind"), t("seconds", { count: clock.behindSeconds })],
            ]
      }
    />
  )
}

function Siem({ siem }: Pick<State, "siem">) {
  const { t } = useTranslation("health")
  if (siem === null)
    return (
      <Part
        name={t("siem.title")}
        state={{ text: t("siem.none"), isWell: "absent" }}
        advice={null}
        facts={[]}
      />
    )
  const isWell = siem.state === "up" || siem.state === "starting"
  return (
    <Part
      name={t("siem.title")}
      state={{ text: t(`siem.states.${siem.state}`), isWell }}
      advice={isWell ? null : t("siem.advice")}
      facts={[
        [t("siem.delivered"), String(siem.delivered)],
        [t("siem.behind"), String(siem.behind)],
        [t("siem.lag"), t("seconds", { count: Math.round(siem.lagSeconds) })],
        [t("siem.holes"), String(siem.holes)],
      ]}
    />
  )
}
