import type { SheetWords } from "./sheet.ts"

export const sheetWords: SheetWords = {
  kinds: { repair: "报修", complaint: "投诉", parking: "停车" },
  classes: { identity: "身份", life: "生活", service: "服务", trajectory: "行踪", special: "特殊" },
}
