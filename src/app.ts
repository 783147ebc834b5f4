/** Mounts every slice. The only file that imports routes and jobs. */

import type { FastifyInstance, FastifyRequest } from "fastify"
import { emptyDemonstration, fillDemonstration } from "./demonstration.ts"
import { BackupDesk } from "./duty/keys/backup-desk.ts"
import { KeyKeeper } from "./duty/keys/jobs.ts"
import { keysRoutes } from "./duty/keys/routes.ts"
import { PasswordDoor } from "./duty/people/password-door.ts"
import { peopleRoutes } from "./duty/people/routes.ts"
import type { SetupCode } from "./duty/people/setup-code.ts"
import { stopRoutes } from "./duty/stop/routes.ts"
import { watchAttempts } from "./duty/stop/watch.ts"
import { Watch } from "./duty/watch/jobs.ts"
import { watchRoutes } from "./duty/watch/routes.ts"
import type { House } from "./house.ts"
import { ledgerWords } from "./ledger/ledger.ts"
import { traceRoutes } from "./ledger/routes.ts"
import { ApplicationSweeper } from "./lifecycle/apply/jobs.ts"
import { applyRoutes } from "./lifecycle/apply/routes.ts"
import { catalogueRoutes } from "./lifecycle/catalogue/routes.ts"
import { Importer } from "./lifecycle/collect/importer.ts"
import { resumeImports } from "./lifecycle/collect/resume.ts"
import { collectRoutes } from "./lifecycle/collect/routes.ts"
import { ConsentWalker } from "./lifecycle/consent/jobs.ts"
import { consentRoutes } from "./lifecycle/consent/routes.ts"
import { emergencyRoutes } from "./lifecycle/emergency/routes.ts"
import { excessRoutes } from "./lifecycle/excess/routes.ts"
import { Exporter } from "./lifecycle/export/exporter.ts"
import { exportRoutes } from "./lifecycle/export/routes.ts"
import { formsRoutes } from "./lifecycle/forms/routes.ts"
import { partiesRoutes } from "./lifecycle/parties/routes.ts"
import { statisticsRoutes } from "./lifecycle/statistics/routes.ts"
import { storeRoutes } from "./lifecycle/store/routes.ts"
import { TextScanner } from "./lifecycle/text/jobs.ts"
import { textRoutes } from "./lifecycle/text/routes.ts"
import { useRoutes } from "./lifecycle/use/routes.ts"
import { visitPageRoutes } from "./lifecycle/visit/page-routes.ts"
import { visitRoutes } from "./lifecycle/visit/routes.ts"
import type { OpenHouse } from "./open-house.ts"
import type { CallBridge } from "./platform/call-bridge.ts"
import { healthRoutes } from "./platform/health.ts"
import { type Http, httpOn } from "./platform/http.ts"
import { createServer, largestBody, type ServeOptions } from "./platform/serve.ts"
import { localHeader, makeLocalToken } from "./vault/local-token.ts"

export interface AppOptions extends ServeOptions {
  /** The one-time code while no company is set up. */
  readonly setup: SetupCode | undefined
  /** Public origin behind a TLS proxy. */
  readonly origin: string | undefined
  /** Calls between a repairer and an owner through a number of neither; none unless configured. */
  readonly callBridge?: CallBridge | undefined
}

export async function createApp(
  { house, auth, server }: OpenHouse,
  options: AppOptions,
): Promise<FastifyInstance> {
  const app = await createServer(options)
  const http = httpOn(app, watchAttempts(house))
  const importer = new Importer(house)
  const { seal } = house.vault
  healthRoutes(app, house.spine.database, {
    sealedFor: () => (seal.state.sealed ? seal.state.reason : undefined),
    words: () => ledgerWords(house.ledger),
  })
  guardBodies(app, house)
  catalogueRoutes(http, house)
  const passwords = new PasswordDoor(house, auth)
  const isLocal = await makeLocalToken(house.data)
  peopleRoutes(http, house, {
    auth,
    isLocal,
    passwords,
    setup: options.setup,
    secure: options.origin?.startsWith("https:") ?? false,
    fill: (_communityId, actor) => fillDemonstration(house, actor),
    empty: (_communityId, actor) => emptyDemonstration(house, actor),
  })
  serviceRoutes({ app, http, house, importer, passwords }, options)
  traceRoutes(http, house, ({ headers }) => {
    const told = headers[localHeader]
    return typeof told === "string" && isLocal(told)
  })
  const walker = new ConsentWalker(house)
  app.addHook("onClose", () => walker.close())
  const keeper = new KeyKeeper(house)
  const sweeper = new ApplicationSweeper(house)
  const scanner = new TextScanner(house)
  textRoutes(http, house, () => void scanner.round())
  const backups = new BackupDesk(house, server.as("hudun_backup"))
  keysRoutes(http, house, {
    isLocal,
    keep: () => void keeper.round(),
    backups,
    passwords,
  })
  app.addHook("onClose", () => keeper.close())
  app.addHook("onClose", () => sweeper.close())
  app.addHook("onClose", () => scanner.close())
  app.addHook("onClose", () => importer.close())
  app.addHook("onClose", () => backups.close())
  const sweeping = sweepHourly(house, importer)
  app.addHook("onClose", async () => clearInterval(sweeping))
  await app.ready()
  await resumeOnceOpen(house, importer)
  keeper.start()
  walker.start()
  sweeper.start()
  scanner.start()
  return app
}

/** Before a body is read. A scan is taken into memory whole: of somebody who has signed in only. */
function guardBodies(app: FastifyInstance, { vault, door }: House): void {
  app.addHook("onRequest", async (request) => {
    if (!isOpenWhileSealed(request)) vault.seal.assertOpen()
    if (request.routeOptions.bodyLimit > largestBody) await door.session(request)
  })
}

interface Serving {
  readonly app: FastifyInstance
  readonly http: Http
  readonly house: House
  readonly importer: Importer
  readonly passwords: PasswordDoor
}

/** The rooms where owners' data is taken in, looked at and worked with. */
function serviceRoutes(serving: Serving, { origin, callBridge }: AppOptions): void {
  const { app, http, house, importer, passwords } = serving
  storeRoutes(http, house)
  collectRoutes(http, house, importer)
  useRoutes(http, house)
  const live = stopRoutes(http, house)
  app.addHook("preClose", async () => live.close())
  formsRoutes(http, house)
  visitRoutes(http, house)
  visitPageRoutes(http, house, {
    secure: origin?.startsWith("https:") ?? false,
    bridge: callBridge,
  })
  consentRoutes(http, house)
  applyRoutes(http, house)
  emergencyRoutes(http, house, passwords)
  watchRoutes(http, house)
  excessRoutes(http, house)
  partiesRoutes(http, house)
  statisticsRoutes(http, house)
  const watching = new Watch(house)
  app.addHook("onReady", async () => watching.start())
  app.addHook("onClose", () => watching.close())
  const exporter = new Exporter(house)
  exportRoutes(http, house, exporter)
  app.addHook("onReady", async () => exporter.start())
  app.addHook("onClose", () => exporter.close())
}

/** What a sealed server still serves: signing in and out, its own state, shares, backups, pages. Everything else is refused. */
const openWhileSealed = new Set([
  "/api/session",
  "/api/setup",
  "/api/seal",
  "/api/seal/shares",
  "/api/seal/shares/by-password",
  "/api/seal/open",
  "/api/local/backup",
])

function isOpenWhileSealed({ url, method, routeOptions }: FastifyRequest): boolean {
  if (!url.startsWith("/api/")) return true
  const route = routeOptions.url ?? ""
  return openWhileSealed.has(route) && !(route === "/api/setup" && method !== "GET")
}

/** Uploads that have served, or that nobody went on with, do not stay; imports that lost their server go on. */
function sweepHourly(house: House, importer: Importer): NodeJS.Timeout {
  const sweep = () => {
    if (!house.vault.seal.state.sealed) void resumeImports(house, importer).catch(() => undefined)
  }
  return setInterval(sweep, 3_600_000).unref()
}

function resumeOnceOpen(house: House, importer: Importer): Promise<void> {
  if (!house.vault.seal.state.sealed) {
    // Not waited for: a long import goes on while the server serves.
    void resumeImports(house, importer).catch(() => undefined)
    return Promise.resolve()
  }
  house.vault.seal.whenOpen(() => void resumeImports(house, importer).catch(() => undefined))
  return Promise.resolve()
}
