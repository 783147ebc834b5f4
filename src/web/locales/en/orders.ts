import type { orders as zhCN } from "../zh-CN/orders.ts"

export const orders: typeof zhCN = {
  title: "orders",
}
