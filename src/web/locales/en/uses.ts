import type { uses as zhCN } from "../zh-CN/uses.ts"

export const uses: typeof zhCN = {
  title: "uses",
}
