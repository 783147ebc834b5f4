/** A copy as its row tells of it. */

import { type Post, posts } from "../../duty/people/post.ts"
import type { CopyFacts } from "./copy.ts"
import type { CopyRow } from "./sql.ts"

export function copyFacts(row: CopyRow): CopyFacts {
  return {
    isMade: row.file_id !== null,
    isTaken: row.taken_at !== null,
    isFailed: row.failed_at !== null,
    isExpired: row.expired_at !== null,
    validUntil: row.valid_until.getTime(),
  }
}

/** Whom the marks of a copy name: the recipient, and through whose hands it went where that is another. Clauses 4.7, 4.10, 4.11. */
export function bearerOf({ outside, applicant_name: name }: CopyRow): string {
  return outside === null ? name : `${outside}（经手 ${name}）`
}

export function recipientOf(row: CopyRow): { staffId: string; name: string; post: Post } {
  const post = posts.find((one) => one === row.applicant_post)
  if (post === undefined) throw new Error("a post that does not exist")
  return { staffId: row.applicant, name: row.applicant_name, post }
}
