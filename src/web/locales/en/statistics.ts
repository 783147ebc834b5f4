import type { statistics as zh } from "../zh-CN/statistics.ts"

export const statistics: typeof zh = {
  title: "Statistics",
  hint: "Months that are over, each counted once; groups of fewer than {{fewest}} households are not shown.",
  month: "Month",
  print: "Print",
  export: "Export",
  building: "Building",
  total: "Total",
  orders: "Orders in {{month}}",
  course: "Orders by month (whole community)",
  classes: "Households with data of each class (counted {{at}})",
  noClasses: "Classes were not counted for this month.",
  hidden: "Not shown",
  star: "＊ Fewer than {{fewest}} households, or hidden so that they cannot be worked out. Numbers of households by class stay as they were until {{fewest}} households make a difference.",
}
