/**
 * PostgreSQL's count of transactions, raised by using numbers up: a database that is filled from a backup must count on from
 * where the other one was, because traces are ordered by it.
 */

import type pg from "pg"

const batch = 250_000

/** The number the next transaction will have. */
export async function nextTransaction(client: pg.ClientBase): Promise<bigint> {
  const { rows } = await client.query<{ next: string }>(
    "select pg_snapshot_xmax(pg_current_snapshot())::text as next",
  )
  return BigInt(rows[0]?.next ?? 0)
}

/** Each inner block that writes takes a number. Nothing stays. `onStep` hears the number reached. */
export async function raiseTransactions(
  client: pg.ClientBase,
  least: bigint,
  onStep: (reached: bigint) => void = () => undefined,
): Promise<void> {
  await client.query("create temp table counted (n integer)")
  for (let next = await nextTransaction(client); next < least; next = await nextTransaction(client)) {
    onStep(next)
    const some = least - next < BigInt(batch) ? Number(least - next) : batch
    await client.query(`do $d$ begin
      for i in 1..${some} loop
        begin
          insert into counted values (i);
        exception when others then raise;
        end;
      end loop;
    end $d$`)
    await client.query("truncate counted")
  }
  await client.query("drop table counted")
}
