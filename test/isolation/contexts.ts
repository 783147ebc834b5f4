/** The row-security contexts that the server sets, made here by hand so that raw SQL can be asked under each of them. */

import type pg from "pg"
import type { Post } from "../../src/duty/people/post.ts"
import { posts } from "../../src/duty/people/post.ts"
import { fieldClasses } from "../../src/lifecycle/catalogue/field.ts"
import { visibleClasses } from "../../src/lifecycle/catalogue/regime.ts"
import { regimeV1 } from "../../src/lifecycle/catalogue/regime-v1.ts"
import { type Context, contextCall, contextValues } from "../../src/platform/context.ts"
import { type RoleName, roleNames } from "../../src/platform/roles.ts"
import type { Viewer } from "./visibility.ts"
import { reachOf, type Town } from "./world.ts"

export interface Eyes {
  readonly role: RoleName
  /** Undefined: the context is never set. */
  readonly context: Context | undefined
}

const nobodyId = "00000000-0000-0000-0000-000000000000"

/** How this viewer of the town stands before the database. */
export function eyesOf(viewer: Viewer, town: Town): Eyes {
  const post = posts.find((one) => one === viewer)
  if (post !== undefined) return app(contextOf(post, town))
  const role = roleNames.find((name) => name === viewer)
  if (role !== undefined) return { role, context: undefined }
  return app(ownContexts[viewer]?.(town))
}

/** Contexts of the server's own. A viewer that is not among them sets none. */
const ownContexts: Readonly<Record<string, (town: Town) => Context>> = {
  clerk_looking: (town) => ({ ...contextOf("clerk", town), classes: fieldClasses.join(",") }),
  repairer_looking: (town) => ({ ...contextOf("repairer", town), classes: fieldClasses.join(",") }),
  lane: bare,
  door: (town) => ({ ...bare(town), actor: town.staff.clerk.staffId }),
  setup: (town) => ({ ...bare(town), buildings: "*", posts: "setup", actor: town.staff.manager.staffId }),
  resumer: (town) => {
    const classes = "identity,life,service"
    return { ...bare(town), buildings: "*", classes, posts: "manager", actor: nobodyId }
  },
  publisher: (town) => ({ ...bare(town), posts: "publisher" }),
}

function bare({ community }: Town): Context {
  return { communities: community.communityId, buildings: "", classes: "", posts: "", actor: "" }
}

function app(context: Context | undefined): Eyes {
  return { role: "hudun_app", context }
}

function contextOf(post: Post, town: Town): Context {
  return {
    communities: town.community.communityId,
    buildings: reachOf[post]?.join(",") ?? "*",
    classes: visibleClasses(regimeV1, post).join(","),
    posts: post,
    actor: town.staff[post].staffId,
  }
}

/** Asks under a context and takes everything back. Throws PostgreSQL's error. */
export async function ask<Row extends pg.QueryResultRow>(
  client: pg.Client,
  context: Context | undefined,
  { text, values = [] }: { text: string; values?: unknown[] },
): Promise<pg.QueryResult<Row>> {
  await client.query("begin")
  try {
    if (context !== undefined) await client.query(contextCall, contextValues(context))
    return await client.query<Row>(text, values)
  } finally {
    await client.query("rollback")
  }
}

/** SQLSTATE of what went wrong; the empty string when nothing did. */
export async function stateOf(asking: Promise<unknown>): Promise<string> {
  try {
    await asking
    return ""
  } catch (error) {
    if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code
    throw error
  }
}
