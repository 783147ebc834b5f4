/** Posts: the only way a natural person gets reach. Clause 6.1. */

export const posts = [
  "clerk",
  "supervisor",
  "manager",
  "repairer",
  "archivist",
  "privacy_officer",
  "system_admin",
  "security_admin",
  "auditor",
] as const

export type Post = (typeof posts)[number]
