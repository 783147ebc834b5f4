/** Who works in the demonstration: one person a post, with names that nobody takes for a colleague's. */

import type { Post } from "./post.ts"

export interface DemonstrationPerson {
  readonly post: Post
  readonly login: string
  readonly name: string
  /** Names of buildings; null: all of them. */
  readonly buildings: readonly string[] | null
}

export const demonstrationCompany = { company: "演示物业公司", community: "演示小区" } as const

export const demonstrationPeople: readonly DemonstrationPerson[] = [
  { post: "clerk", login: "demo-clerk", name: "演示客服", buildings: ["3栋", "5栋"] },
  {
    post: "supervisor",
    login: "demo-supervisor",
    name: "演示主管",
    buildings: ["1栋", "2栋", "3栋", "4栋"],
  },
  { post: "manager", login: "demo-manager", name: "演示经理", buildings: null },
  { post: "repairer", login: "demo-repairer", name: "演示师傅", buildings: null },
  { post: "archivist", login: "demo-archivist", name: "演示档案员", buildings: null },
  { post: "privacy_officer", login: "demo-privacy", name: "演示负责人", buildings: null },
  { post: "system_admin", login: "demo-system", name: "演示系统员", buildings: null },
  { post: "security_admin", login: "demo-security", name: "演示安全员", buildings: null },
  { post: "auditor", login: "demo-auditor", name: "演示审计员", buildings: null },
]
