import type { imports as zhCN } from "../zh-CN/imports.ts"

export const imports: typeof zhCN = {
  title: "imports",
}
