import type { account as zhCN } from "../zh-CN/account.ts"

export const account: typeof zhCN = { title: "account" }
