/** What is decided before a page is loaded: signed in, password and second factor in order, and where to start. */

import { redirect } from "@tanstack/react-router"
import { type Me, readSetup } from "../../duty/people/contract.ts"
import { ask, Refused } from "../client.ts"
import { sessionQuery } from "../parts/use-session.ts"
import { paths } from "../paths.ts"
import { queryClient } from "../query-client.ts"
import { startPath } from "./menu-pages.ts"

/** Leads to set-up, sign-in, the first password or the second factor, whichever is missing. */
export async function requireSession(location: { pathname: string; href: string }): Promise<void> {
  const me = await queryClient.ensureQueryData(sessionQuery).catch(async (error: unknown) => {
    if (error instanceof Refused && error.code === "session.none") await leadToDoor(location.href)
    throw error
  })
  const owed = stepOwed(me)
  if (owed !== null && location.pathname !== owed) lead(owed, { next: location.href })
}

/** What must be done before anything else; `null`: nothing. */
export function stepOwed(me: Pick<Me, "mustChangePassword" | "mustEnrolSecondFactor">): string | null {
  if (me.mustChangePassword) return paths.firstPassword()
  return me.mustEnrolSecondFactor ? paths.secondFactor() : null
}

async function leadToDoor(href: string): Promise<void> {
  const setup = await queryClient.fetchQuery(ask(readSetup, {}))
  if (setup.needed) lead(paths.setup())
  lead(paths.signIn(), href === paths.home() ? {} : { next: href })
}

/** From `/` to the first page of the first community; without any post, to one's own account. */
export async function startSomewhere(): Promise<void> {
  const [first] = (await queryClient.ensureQueryData(sessionQuery)).reaches
  lead(first === undefined ? paths.account() : startPath(first))
}

/** From a community to its first open page. A community outside one's reach stays, and shows that it is not there. */
export async function startInCommunity(pathname: string): Promise<void> {
  const { reaches } = await queryClient.ensureQueryData(sessionQuery)
  const reach = reaches.find((one) => paths.community(one.communityId) === pathname.replace(/\/$/, ""))
  if (reach !== undefined) lead(startPath(reach))
}

/** Ends the loading of a page and goes elsewhere, without leaving an entry in the history. */
function lead(to: string, search: Readonly<Record<string, string>> = {}): void {
  redirect({ to, search, replace: true, throw: true })
}

/** Only a path of this console is a place to go on to: anything else would lead a signed-in person elsewhere. */
export function nextPath(next: string | undefined): string {
  const isOwn = next !== undefined && /^\/(?![/\\])/.test(next) && !next.startsWith(paths.signIn())
  return isOwn ? next : paths.home()
}
