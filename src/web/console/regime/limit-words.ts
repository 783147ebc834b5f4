import { useTranslation } from "react-i18next"
import { isShare } from "../../../lifecycle/catalogue/own-limits.ts"
import { type WatchCode, watchCodes } from "../../../lifecycle/catalogue/watch-shape.ts"

/** What a number of a rule counts. Days with a look: ten looks on one of them are one. */
export type Part =
  | "times"
  | "seenDays"
  | "days"
  | "minutes"
  | "homes"
  | "seconds"
  | "from"
  | "until"
  | "share"

export interface LimitNumber {
  /** As `settable` names it. */
  readonly name: string
  readonly part: Part
}

const often = (rule: string, counted: "times" | "seenDays"): LimitNumber[] => [
  { name: `watch.${rule}.times`, part: counted },
  { name: `watch.${rule}.days`, part: "days" },
]

/** The numbers of each rule that people set. Those that were found by simulation stay as they are. */
export const numbersOfRule: Readonly<Record<WatchCode, readonly LimitNumber[]>> = {
  own_home: often("ownHome", "seenDays"),
  relative: often("relative", "seenDays"),
  colleague: often("colleague", "seenDays"),
  neighbour: often("neighbour", "seenDays"),
  off_duty: [
    { name: "watch.offDuty.night.0", part: "from" },
    { name: "watch.offDuty.night.1", part: "until" },
    ...often("offDuty", "seenDays"),
  ],
  no_order: [...often("noOrder", "times"), { name: "watch.noOrder.share", part: "share" }],
  repeated: often("repeated", "seenDays"),
  probe: [
    { name: "watch.probe.times", part: "times" },
    { name: "watch.probe.minutes", part: "minutes" },
  ],
  run: [
    { name: "watch.run.homes", part: "homes" },
    { name: "watch.run.minutes", part: "minutes" },
  ],
  haste: [{ name: "watch.haste.seconds", part: "seconds" }, ...often("haste", "times")],
  near_caps: [{ name: "watch.nearCaps.share", part: "share" }],
  patient: often("patient", "seenDays"),
}

const placeOf = new Map(
  watchCodes.flatMap((rule) => numbersOfRule[rule].map(({ name, part }) => [name, { rule, part }])),
)

/** What a number is called, and how it is shown. */
export function useLimitWords(): {
  readonly name: (name: string) => string
  readonly value: (name: string, value: string) => string
} {
  const { t } = useTranslation("regimeLimits")
  const { t: found } = useTranslation("watch")
  const { t: metered } = useTranslation("applications")
  return {
    name(name) {
      const known = placeOf.get(name)
      if (known !== undefined) return `${found(`codes.${known.rule}`)} · ${t(`parts.${known.part}`)}`
      const line = capLines.find((one) => name === capName(one))
      if (line !== undefined) return `${t("caps.title")} · ${metered(`meter.lines.${line}`)}`
      const other = otherNumbers.find((one) => name === one.name)
      return other === undefined ? name : t(`names.${other.word}`)
    },
    value: (name, value) =>
      isShare(name) && value !== "" ? `${Math.round(Number(value) * 10_000) / 100}%` : value,
  }
}

export const capLines = ["trajectory", "service", "other"] as const
export const capName = (line: (typeof capLines)[number]) => `caps.lines.${line}`

const otherNumbers = [
  { name: "caps.warnAt", word: "warnAt" },
  { name: "mosaic.applyAt", word: "applyAt" },
  { name: "mosaic.refuseAt", word: "refuseAt" },
  { name: "statistics.fewestHouseholds", word: "fewestHouseholds" },
  { name: "watch.quietDays", word: "quietDays" },
] as const
