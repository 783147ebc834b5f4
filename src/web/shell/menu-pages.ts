import type { Me } from "../../duty/people/contract.ts"
import type { Post } from "../../duty/people/post.ts"
import { paths } from "../paths.ts"

export type MenuPage =
  | "owners"
  | "orders"
  | "uses"
  | "applications"
  | "emergencies"
  | "publicNotice"
  | "exports"
  | "parties"
  | "authorities"
  | "statistics"
  | "imports"
  | "notCollected"
  | "attempts"
  | "lessons"
  | "training"
  | "texts"
  | "excess"
  | "collect"
  | "consents"
  | "channels"
  | "traces"
  | "findings"
  | "incidents"
  | "leaks"
  | "health"
  | "people"
  | "regime"
  | "keys"

export const menuGroups = [
  {
    name: "service",
    pages: [
      "owners",
      "orders",
      "collect",
      "consents",
      "uses",
      "applications",
      "emergencies",
      "exports",
      "parties",
      "authorities",
      "publicNotice",
    ],
  },
  { name: "roster", pages: ["imports", "notCollected", "channels", "excess"] },
  {
    name: "duty",
    pages: [
      "attempts",
      "lessons",
      "training",
      "texts",
      "traces",
      "findings",
      "incidents",
      "leaks",
      "people",
      "keys",
      "statistics",
      "health",
      "regime",
    ],
  },
] as const satisfies readonly { name: string; pages: readonly MenuPage[] }[]

/** Why a page is closed to somebody; its sentence is in the locales under `shell:why`. */
export type Closed = "noClasses" | "notYourPost"

const anyPost = null
/** The server decides; this only spares people a page that would refuse them. */
const openTo: Record<MenuPage, readonly Post[] | null> = {
  owners: anyPost,
  orders: ["clerk", "supervisor", "manager", "repairer"],
  uses: ["clerk", "supervisor", "manager", "auditor"],
  applications: ["clerk", "supervisor", "archivist", "manager", "privacy_officer", "auditor"],
  emergencies: ["clerk", "supervisor", "manager", "privacy_officer", "auditor"],
  publicNotice: ["clerk", "supervisor", "manager", "privacy_officer"],
  exports: ["clerk", "supervisor", "archivist", "manager", "privacy_officer", "auditor"],
  parties: ["supervisor", "manager", "privacy_officer", "auditor"],
  authorities: ["clerk", "supervisor", "manager", "privacy_officer", "auditor"],
  statistics: ["manager", "privacy_officer", "auditor"],
  imports: ["manager", "privacy_officer"],
  notCollected: ["manager", "privacy_officer"],
  attempts: ["supervisor", "manager", "privacy_officer"],
  lessons: anyPost,
  training: ["manager", "privacy_officer"],
  excess: ["manager", "privacy_officer", "auditor"],
  texts: ["manager", "privacy_officer", "auditor"],
  collect: ["clerk", "supervisor", "manager"],
  consents: ["clerk", "supervisor", "manager", "privacy_officer", "auditor"],
  channels: ["clerk", "supervisor", "manager", "privacy_officer", "auditor"],
  traces: ["manager", "privacy_officer", "auditor"],
  findings: ["manager", "privacy_officer", "auditor"],
  leaks: ["privacy_officer"],
  incidents: ["supervisor", "manager", "privacy_officer", "security_admin", "auditor"],
  health: ["manager", "privacy_officer", "auditor", "system_admin"],
  people: ["manager", "privacy_officer", "system_admin"],
  keys: ["security_admin", "privacy_officer", "auditor"],
  regime: anyPost,
}

/** Whether somebody with these posts and classes may open a page of a community; `null`: yes. */
export function closedTo(
  page: MenuPage,
  reach: Pick<Me["reaches"][number], "posts" | "classes">,
): Closed | null {
  if (page === "owners" && reach.classes.length === 0) return "noClasses"
  const posts = openTo[page]
  if (posts === null || reach.posts.some((post) => posts.includes(post))) return null
  return "notYourPost"
}

/** From daily work to oversight; the regime is open to everybody. */
const startingPages = ["owners", "orders", "people", "traces", "keys"] as const

/** Where somebody starts in a community: the first of these pages that is open to them. */
export function startPath(reach: Me["reaches"][number]): string {
  const first = startingPages.find((page) => closedTo(page, reach) === null) ?? "regime"
  return paths[first](reach.communityId)
}
