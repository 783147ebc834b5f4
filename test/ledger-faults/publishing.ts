/** A publisher with its mirror on a real database and a real folder, without a server around it. */

import { join } from "node:path"
import type pg from "pg"
import { type LogDisk, openDisk } from "../../src/ledger/disk.ts"
import type { Installation } from "../../src/ledger/installation-key.ts"
import { MirrorFolder } from "../../src/ledger/mirror-folder.ts"
import { MirrorFollower } from "../../src/ledger/mirror-follower.ts"
import type { MirrorStore } from "../../src/ledger/mirror-store.ts"
import { PublishSql, type Sequence } from "../../src/ledger/publish-sql.ts"
import { Publisher } from "../../src/ledger/publisher.ts"
import { keyOfSeed } from "../../src/ledger/signing-key.ts"
import { type Faults, failing } from "./faults.ts"

export const installation: Installation = {
  name: "00000000000000bb",
  key: keyOfSeed(new Uint8Array(32).fill(7)),
}

export interface Place {
  /** Holds `ledger` and `mirror`. */
  readonly data: string
  readonly database: pg.ClientConfig
}

export interface Publishing {
  readonly publisher: Publisher
  readonly follower: MirrorFollower
}

function mirrorIn(data: string): MirrorStore {
  let name: string | undefined
  return new MirrorFolder(join(data, "mirror"), {
    read: () => Promise.resolve(name),
    write(given) {
      name = given
      return Promise.resolve()
    },
  })
}

export function publishing({ data, database }: Place, faults?: Faults): Publishing {
  const wrap = <Storage extends object>(storage: Storage, label: string) =>
    faults === undefined ? storage : failing(storage, label, faults)
  const disk: LogDisk = wrap(openDisk(join(data, "ledger")), "disk")
  const sequence: Sequence = wrap(new PublishSql(database), "sequence")
  const follower = new MirrorFollower({
    store: mirrorIn(data),
    disk: openDisk(join(data, "ledger")),
    reader: new PublishSql(database),
    stop: (stop) => publisher.halt(stop),
  })
  const publisher = new Publisher({
    sequence,
    disk,
    installation: () => Promise.resolve(installation),
    folder: join(data, "ledger"),
    clock: () => Date.now(),
    topEvery: 0,
    published: (logs, grown) => follower.follow(logs, grown),
  })
  return { publisher, follower }
}
