export const traces = {
  title: "留痕",
}
