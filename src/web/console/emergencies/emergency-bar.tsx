import { useQuery } from "@tanstack/react-query"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import { readAlarm } from "../../../lifecycle/emergency/contract.ts"
import { ask } from "../../client.ts"
import { PathLink } from "../../parts/path-link.tsx"
import type { Reach } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { minutesAndSeconds, useLeft } from "./use-left.ts"
import "./emergencies.css"

const supervising = ["supervisor", "manager", "privacy_officer"]
const alarmed = [...supervising, "clerk"]
const everyMilliseconds = 3_000

type Alarm = z.infer<typeof readAlarm.reply>

/** On every page: what runs, for those who supervise within seconds; for a clerk, what they have running themselves. Clause 4.9. */
export function EmergencyBar({ reach }: { readonly reach: Reach }) {
  const { communityId, posts } = reach
  const supervises = posts.some((post) => supervising.includes(post))
  const query = useQuery({
    ...ask(readAlarm, { params: { communityId } }),
    enabled: posts.some((post) => alarmed.includes(post)),
    // A poll, not a stream: a browser has few lines to one server, and this is on every page.
    refetchInterval: supervises ? everyMilliseconds : false,
    retry: false,
  })
  if (query.data === undefined) return null
  return (
    <>
      {query.data.running.map((one) => (
        <RunningLine key={one.emergencyId} communityId={communityId} running={one} />
      ))}
      {supervises && <ReviewLine communityId={communityId} alarm={query.data} />}
    </>
  )
}

interface RunningLineProps {
  readonly communityId: string
  readonly running: Alarm["running"][number]
}

function RunningLine({ communityId, running: { emergencyId, reason, by, until } }: RunningLineProps) {
  const { t } = useTranslation("emergency")
  const word = useWords()
  const left = useLeft(until)
  if (left === 0) return null
  return (
    <div className="hd-alarm" role="alert">
      <span>
        {t("bar.running", { name: by.name, post: word("posts", by.post), reason: t(`reasons.${reason}`) })}{" "}
        <span aria-hidden>{minutesAndSeconds(left)}</span>
      </span>
      <PathLink to={paths.emergency(communityId, emergencyId)}>{t("bar.open")}</PathLink>
    </div>
  )
}

function ReviewLine({ communityId, alarm }: { readonly communityId: string; readonly alarm: Alarm }) {
  const { t } = useTranslation("emergency")
  const { toReview, overdue } = alarm
  if (toReview + overdue === 0) return null
  return (
    <div className={overdue > 0 ? "hd-alarm" : "hd-alarm hd-alarm-quiet"} role="status">
      <span>
        {[
          ...(overdue > 0 ? [t("bar.overdue", { count: overdue })] : []),
          ...(toReview > 0 ? [t("bar.toReview", { count: toReview })] : []),
        ].join(t("bar.comma"))}
      </span>
      <PathLink to={`${paths.emergencies(communityId)}?state=${overdue > 0 ? "overdue" : "to_review"}`}>
        {t("bar.review")}
      </PathLink>
    </div>
  )
}
