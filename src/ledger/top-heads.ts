/** What the top log says of the communities' logs: checkpoints without signatures, believed for its own. */

import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts"
import { Broken, entriesOf, type LogFiles, readTile } from "./log-walk.ts"
import { tileWidth } from "./tile.ts"

/** The newest head of each log. Throws {@link Broken} when an entry is no checkpoint or a log of it shrinks. */
export async function topHeads(files: LogFiles, size: number): Promise<Checkpoint[]> {
  const newest = new Map<string, Checkpoint>()
  for (let index = 0; index * tileWidth < size; index++) {
    const width = Math.min(tileWidth, size - index * tileWidth)
    const entries = entriesOf(await readTile(files, { level: "entries", index, width }), width)
    if (entries === undefined) throw new Broken("bundle_damaged", index * tileWidth)
    for (const [at, entry] of entries.entries()) take(newest, entry, index * tileWidth + at)
  }
  return [...newest.values()]
}

function take(newest: Map<string, Checkpoint>, entry: Uint8Array, index: number): void {
  const head = headOf(entry, index)
  if (head.size < (newest.get(head.origin)?.size ?? 0)) throw new Broken("log_shrunk", index)
  newest.set(head.origin, head)
}

function headOf(entry: Uint8Array, index: number): Checkpoint {
  try {
    return parseCheckpoint(new TextDecoder("utf-8", { fatal: true }).decode(entry))
  } catch {
    throw new Broken("leaf_differs", index)
  }
}
