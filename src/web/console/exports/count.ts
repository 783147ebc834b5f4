/** What was counted before anybody applies, as both pages that count show it. */

export interface Count {
  readonly homes: number
  readonly rows: number
  /** Of the rows, those that stay behind. */
  readonly children: number
  readonly columns: number
  readonly most: number
}

/** Somebody leaves, and not too many at once. */
export function fits({ rows, children, most }: Count): boolean {
  return rows > children && rows <= most
}
