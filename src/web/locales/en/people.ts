import type { people as zhCN } from "../zh-CN/people.ts"

export const people: typeof zhCN = { title: "people" }
