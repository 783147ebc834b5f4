/** The ledger of a running server: publisher, mirror, and what both say of themselves. Clauses 3.11, 3.12. */

import { mkdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import type { ClientConfig } from "pg"
import { houseZone } from "../base/instant.ts"
import { Refusal } from "../base/refusal.ts"
import type { Clock } from "../platform/clock.ts"
import { type Log, whereOf } from "../platform/log.ts"
import type { Root } from "../vault/root.ts"
import { ClockGuard } from "./clock-guard.ts"
import { clockTolerance } from "./clock-rule.ts"
import { type Disk, openDisk } from "./disk.ts"
import { openInstallation } from "./installation-key.ts"
import { MirrorFolder } from "./mirror-folder.ts"
import { MirrorFollower } from "./mirror-follower.ts"
import { MirrorLane, type MirrorState } from "./mirror-lane.ts"
import type { KnownMirror } from "./mirror-marker.ts"
import { MirrorS3 } from "./mirror-s3.ts"
import type { MirrorSetting } from "./mirror-setting.ts"
import type { MirrorStore } from "./mirror-store.ts"
import { PublishSql } from "./publish-sql.ts"
import { Publisher, type PublisherState } from "./publisher.ts"
import { S3Client } from "./s3-client.ts"
import { headsOf, openSiem, siemWord } from "./siem.ts"
import type { SiemFollower } from "./siem-follower.ts"
import type { SiemSetting } from "./siem-target.ts"
import type { SecondPlace } from "./spine.ts"
import { parseWitnesses, WitnessClient, type Witnesses, witnessPolicyText } from "./witness-client.ts"
import { WitnessFollower } from "./witness-follower.ts"

export interface Ledger {
  /** Folder of the logs' files. */
  readonly folder: string
  readonly disk: Disk
  readonly publisher: Publisher
  readonly mirror: MirrorLane
  readonly follower: MirrorFollower
  readonly clockGuard: ClockGuard
  /** What plain text waits for. */
  readonly second: SecondPlace
  /** Undefined when none is set up. */
  readonly siem: SiemFollower | undefined
  /** Whose cosignatures a log needs, as anybody may read it; undefined when there are no witnesses. */
  readonly witnessPolicy: string | undefined
  close(): Promise<void>
}

export interface LedgerOptions {
  /** The data folder. */
  readonly data: string
  readonly mirror: MirrorSetting
  /** As hudun_publish. */
  readonly database: ClientConfig
  readonly root: Root
  readonly clock: Clock
  readonly log: Log
  readonly witnessesFile: string | undefined
  readonly siem: SiemSetting | undefined
  /** Milliseconds by which the clock may be behind the newest trace. */
  readonly clockTolerance?: number | undefined
  /** Instead of the folder, for tests. */
  readonly store?: MirrorStore
}

const topEvery = 10_000

/** Opens the mirror and starts publishing in the background. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  const { data, database, root, clock, log } = options
  const folder = join(data, "ledger")
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const disk = openDisk(folder)
  const store = options.store ?? storeOf(options.mirror, disk, clock)
  const mirror = new MirrorLane({ store, clock, changed: (state) => tellMirror(log, state) })
  const follower = new MirrorFollower({
    store,
    disk,
    reader: new PublishSql(database),
    stop: (stop) => publisher.halt(stop),
  })
  const asked = await readWitnesses(options.witnessesFile)
  const witnesses =
    asked && new WitnessFollower(new WitnessClient(asked, disk), disk, (stop) => publisher.halt(stop))
  const siem = options.siem && openSiem(options.siem, { disk, source: new PublishSql(database), clock, log })
  const tolerance = options.clockTolerance ?? clockTolerance
  const clockGuard = await ClockGuard.open({ disk, reader: new PublishSql(database), clock, tolerance })
  const publisher = new Publisher({
    sequence: new PublishSql(database),
    disk,
    installation: () => openInstallation(join(data, "keys", "ledger.key"), root),
    folder,
    clock,
    topEvery,
    published(logs, grown) {
      follower.follow(logs, grown)
      witnesses?.follow(logs)
      siem?.follow(headsOf(logs))
    },
    seen: (placed) => clockGuard.see(placed),
    changed: (state) => tell(log, state),
  })
  await mirror.start()
  publisher.start()
  const close = async () => {
    await publisher.stop()
    await Promise.all([clockGuard.close(), follower.close(), witnesses?.close(), siem?.close()])
    await mirror.close()
  }
  const second = secondOf({ publisher, mirror, clockGuard })
  const witnessPolicy = asked && witnessPolicyText(asked)
  return { folder, disk, publisher, mirror, follower, clockGuard, second, siem, witnessPolicy, close }
}

function storeOf(setting: MirrorSetting, disk: Disk, clock: Clock): MirrorStore {
  if (setting.kind === "folder") return new MirrorFolder(setting.path, knownIn(disk, setting.path))
  const { origin, bucket, prefix } = setting
  return new MirrorS3(new S3Client({ setting, clock }), knownIn(disk, `${origin}/${bucket}/${prefix}`))
}

async function readWitnesses(file: string | undefined): Promise<Witnesses | undefined> {
  return file === undefined ? undefined : parseWitnesses(await readFile(file, "utf8"))
}

interface Stopping {
  readonly publisher: Publisher
  readonly mirror: MirrorLane
  readonly clockGuard: ClockGuard
}

/** A log that does not fit what was signed shows no plain text either: it could not be shown later who has seen it. */
function secondOf({ publisher, mirror, clockGuard }: Stopping): SecondPlace {
  return {
    refusal: () => stopped(publisher.state) ?? clockRefusal(clockGuard) ?? mirror.refusal(),
    append: (trace) => mirror.append(trace),
  }
}

function stopped(state: PublisherState): Refusal | undefined {
  if (state.kind !== "stopped") return undefined
  return new Refusal("ledger.stopped", { reason: state.stop.reason })
}

/** As people read it where the server stands. */
const sinceFormat = new Intl.DateTimeFormat("sv-SE", {
  timeZone: houseZone,
  dateStyle: "short",
  timeStyle: "short",
})

function clockRefusal({ stop }: ClockGuard): Refusal | undefined {
  if (stop === undefined) return undefined
  const { behind, since } = stop
  return new Refusal("ledger.clock_back", {
    seconds: Math.round(behind / 1000),
    since: sinceFormat.format(since),
  })
}

/** Which mirror was used so far, kept beside the logs: one a place, so that another place begins another mirror. */
function knownIn(disk: Disk, place: string): KnownMirror {
  const path = "mirror-name"
  return {
    async read() {
      const bytes = await disk.read(path)
      const [known, name] = new TextDecoder().decode(bytes).split("\n")
      return known === place ? name : undefined
    },
    write: (name) => disk.replace({ path, bytes: new TextEncoder().encode(`${place}\n${name}\n`) }),
  }
}

function tell(log: Log, state: PublisherState): void {
  if (state.kind === "failing") log.event("ledger.failing", { where: whereOf(state.error) })
  else if (state.kind === "stopped")
    log.event("ledger.stopped", { reason: state.stop.reason, origin: state.stop.origin })
  else log.event("ledger.publishing", { state: state.kind })
}

function tellMirror(log: Log, { reason }: MirrorState): void {
  if (reason === undefined) log.event("mirror.up", {})
  else log.event("mirror.down", { reason })
}

/** Words for `/readyz`. */
export function ledgerWords({ publisher, clockGuard, mirror, siem }: Ledger): Record<string, string> {
  return {
    ...(siem === undefined ? {} : { siem: siemWord(siem.state) }),
    ledger: publisher.state.kind,
    clock: clockGuard.stop === undefined ? "right" : "back",
    mirror: mirror.state.isUp ? "up" : (mirror.state.reason ?? "failed"),
  }
}
