/** The whole map of the console. */

import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router"
import { communityPages } from "./community-pages.ts"
import { AbsentPage } from "./shell/absent-page.tsx"
import { BrokenPage } from "./shell/broken-page.tsx"
import { CommunityFrame } from "./shell/community-frame.tsx"
import { requireSession, startInCommunity, startSomewhere } from "./shell/entrance.ts"
import { Frame } from "./shell/frame.tsx"

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: AbsentPage,
  errorComponent: BrokenPage,
})

const signedIn = createRoute({
  getParentRoute: () => root,
  id: "signed-in",
  beforeLoad: ({ location }) => requireSession(location),
  component: Outlet,
})

const frame = createRoute({ getParentRoute: () => signedIn, id: "frame", component: Frame })

const community = createRoute({
  getParentRoute: () => frame,
  path: "/c/$communityId",
  component: CommunityFrame,
  notFoundComponent: AbsentPage,
})

function at<Path extends string>(
  parent: AnyRoute,
  path: Path,
  component: ReturnType<typeof lazyRouteComponent>,
) {
  return createRoute({ getParentRoute: () => parent, path, component })
}

const page = lazyRouteComponent

export const routeTree = root.addChildren([
  at(
    root,
    "/setup",
    page(() => import("./entry/setup-page.tsx"), "SetupPage"),
  ),
  at(
    root,
    "/sign-in",
    page(() => import("./entry/sign-in-page.tsx"), "SignInPage"),
  ),
  at(
    root,
    "/f/$code",
    page(() => import("./open/phone-page.tsx"), "PhonePage"),
  ),
  at(
    root,
    "/notice/$communityId",
    page(() => import("./open/notice-page.tsx"), "NoticePage"),
  ),
  at(
    root,
    "/sealed",
    page(() => import("./console/keys/sealed-page.tsx"), "SealedPage"),
  ),
  at(
    root,
    "/verify",
    page(() => import("./verify/verify-page.tsx"), "VerifyPage"),
  ),
  at(
    root,
    "/visit",
    page(() => import("./visit/visit-page.tsx"), "VisitPage"),
  ),
  signedIn.addChildren([
    createRoute({ getParentRoute: () => signedIn, path: "/", beforeLoad: startSomewhere }),
    at(
      signedIn,
      "/first-password",
      page(() => import("./entry/first-password-page.tsx"), "FirstPasswordPage"),
    ),
    at(
      signedIn,
      "/second-factor",
      page(() => import("./entry/second-factor-page.tsx"), "SecondFactorPage"),
    ),
    frame.addChildren([
      at(
        frame,
        "/account",
        page(() => import("./console/account/account-page.tsx"), "AccountPage"),
      ),
      community.addChildren([
        createRoute({
          getParentRoute: () => community,
          path: "/",
          beforeLoad: ({ location }) => startInCommunity(location.pathname),
        }),
        ...Object.entries(communityPages).map(([path, component]) => at(community, path, component)),
      ]),
    ]),
  ]),
])
