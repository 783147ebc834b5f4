import type { entry as zhCN } from "../zh-CN/entry.ts"

export const entry: typeof zhCN = { title: "entry" }
