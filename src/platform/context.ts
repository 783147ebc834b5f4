/** The row-security context of one statement or transaction. Clause 3.8. */

export interface Context {
  /** Community ids, comma separated. Empty: none. */
  readonly communities: string
  /** Building ids, comma separated; `*`: the whole community; empty: none. */
  readonly buildings: string
  /** Class codes whose masks may be read, comma separated. */
  readonly classes: string
  /** Post codes, comma separated. `setup` and `publisher` are the server's own. */
  readonly posts: string
  /** Staff id, or empty for the server itself. */
  readonly actor: string
}

/** The five arguments of `app.ctx`, all keys every time. */
export function contextValues(context: Context): string[] {
  return [context.communities, context.buildings, context.classes, context.posts, context.actor]
}

export const contextCall = "select app.ctx($1, $2, $3, $4, $5)"
