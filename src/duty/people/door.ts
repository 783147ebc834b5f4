/**
 * The door: from a request to a person with posts and reach. Clauses 3.8, 4.1, 6.1.
 * A session is read again after two seconds at the latest, so a leaver, a changed post or an ended session takes effect on
 * every process within that time (6.3).
 */

import "@fastify/cookie"
import type { FastifyRequest } from "fastify"
import type pg from "pg"
import { Refusal } from "../../base/refusal.ts"
import type { Actor } from "../../ledger/spine.ts"
import { visibleClasses } from "../../lifecycle/catalogue/regime.ts"
import type { Regime } from "../../lifecycle/catalogue/regime-shape.ts"
import type { Clock } from "../../platform/clock.ts"
import type { Post } from "./post.ts"
import { reachIn } from "./reach.ts"
import { hashOf, mustEnrol, type Session, sessionCookie } from "./session.ts"
import { findSession } from "./session-sql.ts"

const freshMilliseconds = 2_000
const rememberedSessions = 20_000

interface Opened {
  /** The list that was asked for: each route has its own. */
  readonly posts: readonly Post[]
  readonly actor: Actor
}

interface Remembered {
  readonly session: Promise<Session | undefined>
  readonly until: number
}

export class Door {
  readonly #pool: pg.Pool
  readonly #clock: Clock
  readonly #regime: () => Regime
  readonly #sessions = new Map<string, Remembered>()
  /** What a session opens, for as long as it is remembered itself. */
  readonly #reaches = new WeakMap<Session, Map<string, Opened>>()

  constructor(pool: pg.Pool, clock: Clock, regime: () => Regime) {
    this.#pool = pool
    this.#clock = clock
    this.#regime = regime
  }

  /** Whoever is signed in, also before a first password is changed. Throws `session.none`. */
  async session(request: FastifyRequest): Promise<Session> {
    const token = request.cookies[sessionCookie]
    if (token === undefined || token === "") throw new Refusal("session.none")
    const session = await this.#remembered(token)
    if (session === undefined) throw new Refusal("session.none")
    return session
  }

  /** Whoever is signed in and owes nothing more. Throws `password.change_first`, `code.enrol_first`. */
  async person(request: FastifyRequest): Promise<Session> {
    const session = await this.session(request)
    if (session.mustChangePassword) throw new Refusal("password.change_first")
    if (mustEnrol(this.#regime(), session, this.#clock())) throw new Refusal("code.enrol_first")
    return session
  }

  /**
   * The person with those of `posts` that they hold in the community now.
   * Throws `thing.absent` when the community is outside their reach (it does not exist for them), `post.not_allowed` when
   * they are in it with other posts only.
   */
  async actor(request: FastifyRequest, communityId: string, posts: readonly Post[]): Promise<Actor> {
    const session = await this.person(request)
    const opened = this.#reaches.get(session) ?? new Map<string, Opened>()
    this.#reaches.set(session, opened)
    const known = opened.get(communityId)
    if (known !== undefined && known.posts === posts) return known.actor
    const actor = actorOf(session, {
      communityId,
      posts,
      now: this.#clock(),
      regime: this.#regime(),
    })
    opened.set(communityId, { posts, actor })
    return actor
  }

  /** Forgets what was remembered of a session or a person, so that a change shows at once on this process. */
  forget(staffId: string): void {
    this.#sessions.forEach((remembered, key) => {
      void remembered.session.then(
        (session) => {
          if (session?.staffId === staffId) this.#sessions.delete(key)
        },
        () => undefined,
      )
    })
  }

  #remembered(token: string): Promise<Session | undefined> {
    const hash = hashOf(token)
    const key = hash.toString("latin1")
    const now = this.#clock()
    const known = this.#sessions.get(key)
    if (known !== undefined && known.until > now) return known.session
    if (this.#sessions.size > rememberedSessions) this.#sessions.clear()
    const session = findSession(this.#pool, hash, now)
    this.#sessions.set(key, { session, until: now + freshMilliseconds })
    session.catch(() => this.#sessions.delete(key))
    return session
  }
}

interface Doorway {
  readonly communityId: string
  readonly posts: readonly Post[]
  readonly now: number
  readonly regime: Regime
}

function actorOf(session: Session, { communityId, posts, now, regime }: Doorway): Actor {
  if (!session.communities.some((one) => one.communityId === communityId)) throw new Refusal("thing.absent")
  if (reachIn(session.appointments, communityId, now) === undefined) throw new Refusal("thing.absent")
  const allowed = session.appointments.filter((one) => posts.includes(one.post))
  const reach = reachIn(allowed, communityId, now)
  if (reach === undefined) throw new Refusal("post.not_allowed")
  const [post = ""] = reach.posts
  return {
    communityId,
    tenantId: session.tenantId,
    staffId: session.staffId,
    post,
    client: "console",
    context: {
      communities: communityId,
      buildings: reach.buildingIds === null ? "*" : reach.buildingIds.join(","),
      classes: [...new Set(reach.posts.flatMap((one) => visibleClasses(regime, one)))].join(","),
      posts: reach.posts.join(","),
      actor: session.staffId,
    },
  }
}
