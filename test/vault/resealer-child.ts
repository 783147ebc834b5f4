/** A server that does nothing but seal records anew, to be killed: `node resealer-child.ts <data> <program> <host> <port> <suite>`. */

import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { readConfig } from "../../src/config.ts"
import { KeyKeeper } from "../../src/duty/keys/jobs.ts"
import { openHouse } from "../../src/open-house.ts"
import { openLog } from "../../src/platform/log.ts"
import type { RoleName } from "../../src/platform/roles.ts"
import { type SuiteCode } from "../../src/vault/suite.ts"

const [data = "", program = "", host = "", port = "0", suite = "A1"] = process.argv.slice(2)
const own = join(data, "resealer")
mkdirSync(own, { recursive: true })
const config = readConfig({ HUDUN_DATA: own, HUDUN_ROOT: `file:${join(data, "keys", "root.key")}` }, own)
const as = (role: RoleName) => ({ host, port: Number(port), user: role, database: "hudun" })
const server = { how: "test", version: "18", migrated: 0, as, stop: () => Promise.resolve() }
const log = openLog(join(own, "server.log"))
const { house } = await openHouse({ config, program, log, server, keptKeys: 100 })
const keeper = new KeyKeeper(house)
const chosen: SuiteCode = suite === "S1" ? "S1" : "A1"
if ((await house.keyring.suiteOf("7")) !== chosen) await house.vault.rotation.rotate("7", chosen)
await house.vault.rotation.former.order("7", Date.now())
process.stdout.write("sealing anew\n")
for (;;) await keeper.round()
