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
  const me = await readMe(location.href)
  const owed = stepOwed(me)
  if (owed !== null && location.pathname !== owed)
    throw redirect({ to: owed, search: { next: location.href } })
}

/** What must be done before anything else; `null`: nothing. */
export function stepOwed(me: Pick<Me, "mustChangePassword" | "mustEnrolSecondFactor">): string | null {
  if (me.mustChangePassword) return paths.firstPassword()
  return me.mustEnrolSecondFactor ? paths.secondFactor() : null
}

async function readMe(href: string): Promise<Me> {
  try {
    return await queryClient.ensureQueryData(sessionQuery)
  } catch (error) {
    if (!(error instanceof Refused && error.code === "session.none")) throw error
    const setup = await queryClient.fetchQuery(ask(readSetup, {}))
    if (setup.needed) throw redirect({ to: paths.setup() })
    throw redirect({ to: paths.signIn(), search: href === paths.home() ? {} : { next: href } })
  }
}

/** From `/` to the first page of the first community; without any post, to one's own account. */
export async function startSomewhere(): Promise<never> {
  const { reaches } = await queryClient.ensureQueryData(sessionQuery)
  const [first] = reaches
  throw redirect({ to: first === undefined ? paths.account() : startPath(first), replace: true })
}

/** From a community to its first open page. A community outside one's reach stays, and shows that it is not there. */
export async function startInCommunity(communityId: string): Promise<void> {
  const { reaches } = await queryClient.ensureQueryData(sessionQuery)
  const reach = reaches.find((one) => one.communityId === communityId)
  if (reach !== undefined) throw redirect({ to: startPath(reach), replace: true })
}

/** Only a path of this console is a place to go on to: anything else would lead a signed-in person elsewhere. */
export function nextPath(next: unknown): string {
  const isOwn = typeof next === "string" && /^\/(?![/\\])/.test(next)
  return isOwn && !next.startsWith(paths.signIn()) ? next : paths.home()
}
