/** A server that does nothing but rotate, to be killed: `node rotator.ts <data> <program> <host> <port>`. */

import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { readConfig } from "../../src/config.ts"
import { KeyKeeper } from "../../src/duty/keys/jobs.ts"
import { openHouse } from "../../src/open-house.ts"
import { openLog } from "../../src/platform/log.ts"
import type { RoleName } from "../../src/platform/roles.ts"

const [data = "", program = "", host = "", port = "0", kept = "100"] = process.argv.slice(2)
const own = join(data, "rotator")
mkdirSync(own, { recursive: true })
const config = readConfig({ HUDUN_DATA: own, HUDUN_ROOT: `file:${join(data, "keys", "root.key")}` }, own)
const as = (role: RoleName) => ({ host, port: Number(port), user: role, database: "hudun" })
const server = { how: "test", version: "18", migrated: 0, as, stop: () => Promise.resolve() }
const log = openLog(join(own, "server.log"))
const { house } = await openHouse({ config, program, log, server, keptKeys: Number(kept) })
const keeper = new KeyKeeper(house)
const { rotation } = house.vault
const community = { tenantId: "7", communityId: "70" }
await rotation.rotate(community.tenantId)
process.stdout.write("rotating\n")
for (;;) {
  const { epoch, successor } = await house.keyring.indexKey(community.tenantId, community.communityId)
  if (successor === undefined) await house.keyring.index.add(community, epoch + 1, "filling")
  await keeper.round()
  await rotation.rotate(community.tenantId)
}
