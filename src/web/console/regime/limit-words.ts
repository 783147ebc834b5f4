import { useTranslation } from "react-i18next"
import { type WatchCode, watchCodes } from "../../../lifecycle/catalogue/watch-shape.ts"

/** What a number counts; `share` is stored as a part of one and shown in percent. */
export type Unit = "times" | "days" | "minutes" | "homes" | "seconds" | "from" | "until" | "share"

export interface LimitNumber {
  /** As `numbersOf` names it. */
  readonly name: string
  readonly unit: Unit
}

const often = (rule: string): LimitNumber[] => [
  { name: `watch.${rule}.times`, unit: "times" },
  { name: `watch.${rule}.days`, unit: "days" },
]

/** The numbers of each rule that people set. Those that were found by simulation stay as they are. */
export const numbersOfRule: Readonly<Record<WatchCode, readonly LimitNumber[]>> = {
  own_home: often("ownHome"),
  relative: often("relative"),
  colleague: often("colleague"),
  neighbour: often("neighbour"),
  off_duty: [
    { name: "watch.offDuty.night.0", unit: "from" },
    { name: "watch.offDuty.night.1", unit: "until" },
    ...often("offDuty"),
  ],
  no_order: [...often("noOrder"), { name: "watch.noOrder.share", unit: "share" }],
  repeated: often("repeated"),
  probe: [
    { name: "watch.probe.times", unit: "times" },
    { name: "watch.probe.minutes", unit: "minutes" },
  ],
  run: [
    { name: "watch.run.homes", unit: "homes" },
    { name: "watch.run.minutes", unit: "minutes" },
  ],
  haste: [{ name: "watch.haste.seconds", unit: "seconds" }, ...often("haste")],
  near_caps: [{ name: "watch.nearCaps.share", unit: "share" }],
  patient: often("patient"),
}

const unitOf = new Map(
  watchCodes.flatMap((rule) => numbersOfRule[rule].map(({ name, unit }) => [name, { rule, unit }])),
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
      const known = unitOf.get(name)
      if (known !== undefined) return `${found(`codes.${known.rule}`)} · ${t(`units.${known.unit}`)}`
      const line = capLines.find((one) => name === `caps.lines.${one}`)
      if (line !== undefined) return `${t("caps.title")} · ${metered(`meter.lines.${line}`)}`
      const other = otherNumbers.find((one) => name === one.name)
      return other === undefined ? name : t(`names.${other.word}`)
    },
    value: (name, value) =>
      unitOf.get(name)?.unit === "share" || name === "caps.warnAt"
        ? `${Math.round(Number(value) * 100)}%`
        : value,
  }
}

export const capLines = ["trajectory", "service", "other"] as const
const otherNumbers = [
  { name: "caps.warnAt", word: "warnAt" },
  { name: "mosaic.applyAt", word: "applyAt" },
  { name: "mosaic.refuseAt", word: "refuseAt" },
  { name: "statistics.fewestHouseholds", word: "fewestHouseholds" },
  { name: "watch.quietDays", word: "quietDays" },
] as const
