export const orders = {
  title: "工单",
}
