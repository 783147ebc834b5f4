export const owners = {
  title: "业主",
}
