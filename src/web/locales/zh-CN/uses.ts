export const uses = {
  title: "信息使用",
}
