import type { health as words } from "../zh-CN/health.ts"

export const health: typeof words = {
  title: "Health",
  hint: "Where traces are written, whether the second copy keeps up, whether the clock can be trusted. Refreshed every 5 s.",
  root: "Print the root",
  since: "Since",
  reason: "Reason",
  seconds: "{{count}} s",
  log: {
    title: "Ledger",
    leaves: "Signed traces",
    elsewhere: "Written by another process",
    states: {
      starting: "Starting",
      running: "Well",
      standby: "Well (standby)",
      failing: "Cannot write, trying again",
      stopped: "Stopped",
    },
    advice: {
      stopped:
        "The ledger does not agree with what was signed before, so no plain text is shown. Ask the system administrator to follow the chapter on the ledger in the manual; delete no file.",
      waiting:
        "New traces are not signed for now and will be once it recovers; if it does not, ask the system administrator to check disk and database.",
    },
  },
  mirror: {
    title: "Second copy (mirror)",
    up: "Well",
    down: "Cannot be written",
    lag: "Behind by",
    behind: "Logs not caught up",
    advice:
      "No plain text is shown until the mirror is back; masked pages go on, and the mirror catches up by itself. Ask the system administrator to check its disk or host.",
  },
  clock: {
    title: "Server clock",
    right: "Well",
    back: "Set back",
    behind: "Behind the newest trace by",
    advice: "No plain text is shown until the clock is right; masked pages go on. It recovers by itself.",
  },
  siem: {
    title: "Security log feed",
    none: "Not set up",
    states: { starting: "Starting", up: "Well", down: "Unreachable", late: "Late", gap: "Gap" },
    delivered: "Delivered",
    behind: "Waiting",
    lag: "Oldest waits",
    holes: "Gaps",
    advice:
      "Ask the system administrator to check the receiver; the traces are in the ledger and will be sent again.",
  },
}
