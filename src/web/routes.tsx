/** The whole map of the console. */

import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  lazyRouteComponent,
  Outlet,
} from "@tanstack/react-router"
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
        at(
          community,
          "/owners",
          page(() => import("./console/owners/owners-page.tsx"), "OwnersPage"),
        ),
        at(
          community,
          "/owners/$personId",
          page(() => import("./console/owners/person-page.tsx"), "PersonPage"),
        ),
        at(
          community,
          "/owners/$personId/consents",
          page(() => import("./console/consent/person-consents-page.tsx"), "PersonConsentsPage"),
        ),
        at(
          community,
          "/owners/$personId/consents/$eventId",
          page(() => import("./console/consent/receipt-page.tsx"), "ConsentReceiptPage"),
        ),
        at(
          community,
          "/consents",
          page(() => import("./console/consent/consents-page.tsx"), "ConsentsPage"),
        ),
        at(
          community,
          "/consents/runs/$runId",
          page(() => import("./console/consent/run-page.tsx"), "ConsentRunPage"),
        ),
        at(
          community,
          "/orders",
          page(() => import("./console/orders/orders-page.tsx"), "OrdersPage"),
        ),
        at(
          community,
          "/orders/new",
          page(() => import("./console/orders/new-order-page.tsx"), "NewOrderPage"),
        ),
        at(
          community,
          "/orders/$orderId",
          page(() => import("./console/orders/order-page.tsx"), "OrderPage"),
        ),
        at(
          community,
          "/uses",
          page(() => import("./console/uses/uses-page.tsx"), "UsesPage"),
        ),
        at(
          community,
          "/uses/$useId",
          page(() => import("./console/uses/use-page.tsx"), "UsePage"),
        ),
        at(
          community,
          "/applications",
          page(() => import("./console/applications/applications-page.tsx"), "ApplicationsPage"),
        ),
        at(
          community,
          "/applications/new",
          page(() => import("./console/applications/apply-page.tsx"), "ApplyPage"),
        ),
        at(
          community,
          "/applications/$applicationId",
          page(() => import("./console/applications/application-page.tsx"), "ApplicationPage"),
        ),
        at(
          community,
          "/duties",
          page(() => import("./console/applications/duties-page.tsx"), "DutiesPage"),
        ),
        at(
          community,
          "/caps",
          page(() => import("./console/applications/caps-page.tsx"), "CapsPage"),
        ),
        at(
          community,
          "/imports",
          page(() => import("./console/imports/imports-page.tsx"), "ImportsPage"),
        ),
        at(
          community,
          "/imports/$importId",
          page(() => import("./console/imports/import-page.tsx"), "ImportPage"),
        ),
        at(
          community,
          "/collect",
          page(() => import("./console/forms/collect-page.tsx"), "CollectPage"),
        ),
        at(
          community,
          "/channels",
          page(() => import("./console/channels/channels-page.tsx"), "ChannelsPage"),
        ),
        at(
          community,
          "/not-collected",
          page(() => import("./console/imports/not-collected-page.tsx"), "NotCollectedPage"),
        ),
        at(
          community,
          "/attempts",
          page(() => import("./console/stop/attempts-page.tsx"), "AttemptsPage"),
        ),
        at(
          community,
          "/lessons",
          page(() => import("./console/stop/lessons-page.tsx"), "LessonsPage"),
        ),
        at(
          community,
          "/excess",
          page(() => import("./console/excess/excess-page.tsx"), "ExcessPage"),
        ),
        at(
          community,
          "/excess/$planId",
          page(() => import("./console/excess/plan-page.tsx"), "PlanPage"),
        ),
        at(
          community,
          "/texts",
          page(() => import("./console/texts/texts-page.tsx"), "TextsPage"),
        ),
        at(
          community,
          "/training",
          page(() => import("./console/stop/training-page.tsx"), "TrainingPage"),
        ),
        at(
          community,
          "/traces",
          page(() => import("./console/traces/traces-page.tsx"), "TracesPage"),
        ),
        at(
          community,
          "/traces/root",
          page(() => import("./verify/root-sheet-page.tsx"), "RootSheetPage"),
        ),
        at(
          community,
          "/traces/hours",
          page(() => import("./console/traces/heat-page.tsx"), "HeatPage"),
        ),
        at(
          community,
          "/incidents",
          page(() => import("./console/incidents/incidents-page.tsx"), "IncidentsPage"),
        ),
        at(
          community,
          "/health",
          page(() => import("./console/health/health-page.tsx"), "HealthPage"),
        ),
        at(
          community,
          "/people",
          page(() => import("./console/people/people-page.tsx"), "PeoplePage"),
        ),
        at(
          community,
          "/keys",
          page(() => import("./console/keys/keys-page.tsx"), "KeysPage"),
        ),
        at(
          community,
          "/regime",
          page(() => import("./console/regime/regime-page.tsx"), "RegimePage"),
        ),
        at(
          community,
          "/regime/drafts/$draftId",
          page(() => import("./console/regime/draft-page.tsx"), "DraftPage"),
        ),
        at(
          community,
          "/regime/assessments/$assessmentId",
          page(() => import("./console/regime/assessment-page.tsx"), "AssessmentPage"),
        ),
      ]),
    ]),
  ]),
])
