import type { regimeLimits as zhCN } from "../zh-CN/regime-limits.ts"

export const regimeLimits: typeof zhCN = {
  tab: "Limits and alerts",
  caps: {
    title: "How much one may see",
    hint: "Pieces a person may see in thirty days. You may be stricter than the law, never laxer.",
  },
  mosaic: {
    title: "Putting together one household",
    hint: "What one person sees of one household adds up to points: the more sensitive the more, the same piece once.",
  },
  statistics: {
    title: "Statistics",
    hint: "Groups of fewer households are not shown by themselves; 5 at least.",
  },
  watch: {
    title: "Rules of watchfulness",
    hint: "Once reached, managers and privacy officers see it. A finding is a hint, no verdict.",
    turn: "Use the rule: {{rule}}",
    off: "Off",
  },
  names: {
    warnAt: "Warn from this part of the limit on",
    applyAt: "Points beyond which one has to apply",
    refuseAt: "Points beyond which nothing more is shown",
    fewestHouseholds: "Fewest households in a group",
    quietDays: "Days without the same finding again",
  },
  parts: {
    times: "times",
    seenDays: "days with a look",
    days: "days counted",
    minutes: "minutes counted",
    homes: "homes",
    seconds: "seconds to sign",
    from: "night begins",
    until: "night ends",
    share: "share",
  },
  units: {
    times: "times",
    seenDays: "days seen",
    days: "in days",
    minutes: "in min.",
    homes: "homes",
    seconds: "s to sign",
    from: "h from",
    until: "h until",
    share: "%",
    points: "points",
    pieces: "pieces",
  },
  ofLaw: "{{most}} by law",
}
