import type { account as zhCN } from "../zh-CN/account.ts"

export const account: typeof zhCN = {
  title: "My account",
  hint: "An account belongs to one person; everything done with it carries that name.",
  name: "Name",
  login: "Log-in",
  company: "Company",
  reaches: "Posts and reach",
  community: "Community",
  posts: "Posts",
  buildings: "Buildings",
  allBuildings: "All buildings",
  someBuildings: "Buildings: {{count}}",
  classes: "Visible information (masked)",
  noClasses: "No owners' information",
  noReaches: "No post at present",
  password: "Change password",
  factor: "One-time codes",
  factorOn: "On",
  factorOff: "Off",
  factorBegin: "Set up",
  factorAgain: "Change authenticator",
  factorChange:
    "To change the authenticator, have the privacy officer or a system admin reset your password first",
}
