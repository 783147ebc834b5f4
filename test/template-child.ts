/** Makes a cluster with roles, database and every migration in the folder named, stops it, prints the number of migrations. */

import { join, resolve } from "node:path"
import pg from "pg"
import { startLocalPostgres } from "../src/platform/local-postgres.ts"
import { migrate } from "../src/platform/migrate.ts"
import { ensureRoles } from "../src/platform/roles.ts"

const [, , directory = ""] = process.argv
const local = await startLocalPostgres({ directory })
const socket = { host: local.host, port: local.port }
const admin = new pg.Client({ ...socket, user: "postgres", database: "postgres" })
await admin.connect()
await ensureRoles(admin, undefined)
await admin.query("create database hudun owner hudun_owner")
await admin.end()
const owner = new pg.Client({ ...socket, user: "hudun_owner", database: "hudun" })
await owner.connect()
const migrated = await migrate(owner, join(resolve(import.meta.dirname, ".."), "migrations"))
await owner.end()
await local.stop()
process.stdout.write(`${migrated}`)
