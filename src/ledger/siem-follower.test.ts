import { expect, it } from "vitest"
import type { Disk } from "./disk.ts"
import { SiemCursor } from "./siem-cursor.ts"
import { SiemFollower } from "./siem-follower.ts"
import type { SiemMessage } from "./siem-message.ts"
import type { SiemSource } from "./siem-reader.ts"
import type { Trace } from "./trace.ts"

const busy = "hudun/0123456789abcdef/10"
const quiet = "hudun/0123456789abcdef/20"

function traceOf(communityId: string, traceId: string): Trace {
  return {
    communityId,
    traceId,
    at: 1_790_000_000_000,
    actor: null,
    post: "clerk",
    act: "use.look",
    clause: "4.2",
    purpose: "repair",
    useId: null,
    subjects: ["7"],
    fields: ["phone"],
    outcome: "done",
    regimeVersion: 1,
    client: "console",
    salt: new Uint8Array(16),
  }
}

/** Logs of which every leaf came alone, as on a day without a rush. */
const source: SiemSource = {
  connect: () => Promise.resolve(),
  batches: (communityId, from) =>
    Promise.resolve([
      {
        communityId,
        firstIndex: from,
        traceIds: [String(from)],
        root: new Uint8Array(32),
        tx: "1",
        seq: "1",
      },
    ]),
  traces: (communityId, ids) => Promise.resolve(ids.map((id) => traceOf(communityId, id))),
  close: () => Promise.resolve(),
}

const noDisk: Disk = {
  read: () => Promise.resolve(undefined),
  replace: () => Promise.resolve(),
}

/** What was delivered, group by group, of logs with so many leaves. */
async function delivered(sizes: Readonly<Record<string, number>>): Promise<SiemMessage[][]> {
  const groups: SiemMessage[][] = []
  const follower = new SiemFollower({
    place: {
      deliver(messages) {
        groups.push([...messages])
        return Promise.resolve()
      },
      close: () => Promise.resolve(),
    },
    source,
    cursor: new SiemCursor(noDisk, "test"),
    clock: () => 1_790_000_000_000,
    patience: 60_000,
    tell: () => undefined,
  })
  follower.follow(
    Object.entries(sizes).map(([origin, size]) => ({ origin, size, communityId: origin.slice(-2) })),
  )
  await expect.poll(() => follower.state.behind, { timeout: 20_000 }).toBe(0)
  await follower.close()
  return groups
}

const seqs = (messages: readonly SiemMessage[], origin: string) =>
  messages.filter(({ log }) => log === origin).map(({ seq }) => seq)
const upTo = (size: number) => Array.from({ length: size }, (_, at) => at)

it("many small batches of one log go out together", async () => {
  const groups = await delivered({ [busy]: 300 })
  expect(groups.map((group) => seqs(group, busy))).toEqual([upTo(300)])
})

it("a group has its largest size, and a busy log does not keep a quiet one out of it", async () => {
  const groups = await delivered({ [busy]: 5_000, [quiet]: 3 })
  expect(groups.map(({ length }) => length)).toEqual([4_096, 907])
  expect(seqs(groups[0] ?? [], quiet)).toEqual(upTo(3))
  expect(seqs(groups.flat(), busy)).toEqual(upTo(5_000))
})
