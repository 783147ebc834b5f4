/** Pools of connections that outlive the server they talk to. */

import pg from "pg"

/**
 * A connection may break while it is lent out and nothing is asked of it. pg tells that by an event, and an event that
 * nobody hears ends the process. Whoever asks next on that connection is told by a rejection, and the pool drops it.
 */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on("error", () => undefined)
  pool.on("connect", (client) => client.on("error", () => undefined))
  return pool
}
