import type { notice as words } from "../zh-CN/notice.ts"

export const notice: typeof words = {
  title: "Notice helper",
  hint: "What hangs on the board may not put a name, a home and a debt together. Paste a draft or a list; what may be put up appears beside it.",
  draft: "Draft or list",
  example: "For instance:\nReminder of the property fee\n3-1-101 Wang 1,280元\n3-1-102 Li 960元\n…",
  stays: "It stays on this computer: nothing is uploaded or kept.",
  made: "May be put up",
  copy: "Copy",
  copied: "Copied",
  print: "Print",
  removed:
    "Taken out: {{rows}} rows of a list, {{rooms}} rooms, {{words}} personal words. Read it once more before you put it up.",
  hidden:
    "The list has {{count}} households only. Below {{fewest}} even a sum tells about each of them: do not publish, write to each instead.",
  building: "Building {{building}}",
  and: ", ",
  sums: "Sums by building:",
  group: "{{where}}: {{count}} households.",
  groupWithSum: "{{where}}: {{count}} households, {{sum}} yuan together.",
  foot: "Each household has been told its own figures. Questions are answered at the service centre.",
}
