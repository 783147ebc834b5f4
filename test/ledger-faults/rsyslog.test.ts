/** Clause 3.12: a real rsyslog gets every trace, although it is killed in the middle, over TCP and over TLS. */

import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { headsOf } from "../../src/ledger/siem.ts"
import { SiemSyslog } from "../../src/ledger/siem-syslog.ts"
import { makeCommunity, startHouse, type TestHouse } from "../house.ts"
import { addTraces } from "../ledger.ts"
import { Rsyslog } from "./rsyslog.ts"
import { findRsyslog } from "./rsyslog-package.ts"

const kills = 5
const { program = "", hasTls } = findRsyslog()
const ways = [
  { how: "tcp", isHere: program !== "" },
  { how: "tls", isHere: program !== "" && hasTls },
] as const

describe.each(ways)(
  "rsyslog over $how (needs the packages rsyslog and rsyslog-gnutls)",
  ({ how, isHere }) => {
    let folder = ""
    let receiver: Rsyslog
    let house: TestHouse

    beforeAll(async () => {
      if (!isHere) return
      folder = await mkdtemp(join(tmpdir(), "hudun-rsyslog-"))
      receiver = await Rsyslog.make(program, join(folder, how), how)
      house = await startHouse(() => ({
        HUDUN_SIEM: `syslog+${how}://127.0.0.1:${receiver.port}`,
        ...(how === "tls" ? { HUDUN_SIEM_CA_FILE: receiver.ca } : {}),
      }))
      await makeCommunity(house, 4)
    })
    afterAll(async () => {
      if (!isHere) return
      await house.close()
      await receiver.kill()
      await rm(folder, { recursive: true, force: true })
    })

    test.skipIf(!isHere)(`has every trace after ${kills} times kill -9`, { timeout: 120_000 }, async () => {
      const { siem, publisher } = house.house.ledger
      const admin = await house.database.superuser()
      for (let round = 0; round < kills; round++) {
        await receiver.start()
        await addTraces(admin, "40", 1_500)
        await sleep(300 + 137 * round)
        await receiver.kill()
        await addTraces(admin, "40", 100)
        await sleep(300)
      }
      await receiver.start()
      await admin.end()
      const size = kills * 1_600
      await expect
        .poll(() => [publisher.logs?.writers.get("40")?.size, siem?.state.behind], { timeout: 60_000 })
        .toEqual([size, 0])
      const logs = publisher.logs
      if (logs === undefined) throw new Error("nothing is published")
      const lines = await receiver.lines()
      for (const { origin, size: leaves } of headsOf(logs)) {
        const seqs = lines.map((line) => new RegExp(`log="${origin}" seq="(\\d+)"`).exec(line)?.[1])
        expect(new Set(seqs.flatMap((seq) => (seq === undefined ? [] : Number(seq)))).size).toBe(leaves)
      }
      const [app, id, data, message = ""] = lines.at(-1)?.split("\t") ?? []
      expect([app, id]).toEqual(["hudun", "trace"])
      expect(data).toMatch(/^\[hudun@32473 log="hudun\/[0-9a-f]{16}\/\d+" seq="\d+"\]$/)
      expect(JSON.parse(message)).toMatchObject({ trace: { v: 1 } })
      expect(lines.filter((line) => !line.startsWith("hudun\ttrace\t["))).toEqual([])
      process.stderr.write(
        `rsyslog over ${how}: ${lines.length} lines for ${size} leaves and the house's own\n`,
      )
    })

    test.skipIf(!isHere || how !== "tls")(
      "gets nothing while its certificate is not of the authority that was named",
      async () => {
        const trust = (host: string, ca?: string) =>
          new SiemSyslog({
            kind: "tls",
            host,
            port: receiver.port,
            tls: () => Promise.resolve(ca === undefined ? {} : { ca }),
          }).deliver([{ kind: "missing", log: "intruder", seq: 0, through: 0, at: 0 }])
        await expect(trust("127.0.0.1")).rejects.toThrow(/certificate|verify/)
        expect((await receiver.lines()).some((line) => line.includes("intruder"))).toBe(false)
      },
    )
  },
)
