import type { parts as zhCN } from "../zh-CN/parts.ts"

export const parts: typeof zhCN = {
  refusal: {
    unreachable: "The server cannot be reached; check the network and try again.",
    unexpected:
      "The server's answer was not understood; reload the page, and ask the system administrator if that does not help.",
    broken: "The page broke; reload it.",
    retry: "Try again",
    code: "Code {{code}}",
  },
  list: {
    previous: "Previous",
    next: "Next",
    first: "First",
    page: "Page {{page}}",
    reload: "Reload",
    none: "Nothing here yet",
  },
  mask: {
    absent: "Not on file",
    explain: "Masked; plain text needs an open order",
    more: "{{count}} more",
  },
  reveal: {
    show: "Show plain text",
    again: "Show again",
    hide: "Hide",
    left: "Hides in {{seconds}} s",
    copied: "Shown; not kept on this machine",
    none: "Nothing on file",
    ended: "Plain text hidden",
  },
  steps: {
    applied: "Apply",
    decided: "Approve",
    registered: "Register",
    archived: "Archive",
    waiting: "Not yet",
    rule: "Standing rule: {{rule}}",
    granted: "Granted",
    refused: "Refused",
    looks: "Looks: {{count}}",
    system: "System",
  },
  copy: { copy: "Copy", copied: "Copied" },
}
