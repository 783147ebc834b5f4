import type { regimeLimits as zhCN } from "../zh-CN/regime-limits.ts"

export const regimeLimits: typeof zhCN = {
  tab: "Limits and alerts",
  caps: {
    title: "How much one may see",
    hint: "Pieces a person may see in thirty days. You may be stricter than the law, never laxer: {{most}} at most.",
  },
  mosaic: {
    title: "Putting together one household",
    hint: "What one person sees of one household adds up: 1 or 2 points a piece, 4 for identity papers, 6 for whereabouts and property.",
  },
  statistics: {
    title: "Statistics",
    hint: "Cells of fewer households are not shown by themselves; 5 at least.",
  },
  watch: {
    title: "Rules of watchfulness",
    hint: "Supervisors and privacy officers are told when a number is reached. A finding is a hint, no verdict.",
    turn: "Use the rule: {{rule}}",
    off: "Off",
  },
  names: {
    warnAt: "Warn from this part of the limit on",
    applyAt: "Points beyond which one has to apply",
    refuseAt: "Points beyond which nothing more is shown",
    fewestHouseholds: "Fewest households in a cell",
    quietDays: "Days without the same finding again",
  },
  units: {
    times: "times",
    days: "days",
    minutes: "minutes",
    homes: "homes",
    seconds: "seconds to sign",
    from: "o'clock from",
    until: "o'clock until",
    share: "share",
  },
  percent: "%",
  points: "points",
  count: "pieces",
  households: "households",
  daysUnit: "days",
}
