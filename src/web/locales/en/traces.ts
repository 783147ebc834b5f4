import type { traces as zhCN } from "../zh-CN/traces.ts"

export const traces: typeof zhCN = {
  title: "traces",
}
