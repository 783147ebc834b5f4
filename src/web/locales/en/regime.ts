import type { regime as zhCN } from "../zh-CN/regime.ts"

export const regime: typeof zhCN = { title: "regime" }
