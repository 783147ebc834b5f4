import type { owners as zhCN } from "../zh-CN/owners.ts"

export const owners: typeof zhCN = {
  title: "owners",
}
