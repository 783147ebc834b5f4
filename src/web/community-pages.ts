/** The pages of a community, by their path behind it. Each is fetched when it is first opened. */

import { lazyRouteComponent } from "@tanstack/react-router"

const page = lazyRouteComponent

export const communityPages = {
  "/owners": page(() => import("./console/owners/owners-page.tsx"), "OwnersPage"),
  "/owners/$personId": page(() => import("./console/owners/person-page.tsx"), "PersonPage"),
  "/owners/$personId/consents": page(
    () => import("./console/consent/person-consents-page.tsx"),
    "PersonConsentsPage",
  ),
  "/owners/$personId/consents/$eventId": page(
    () => import("./console/consent/receipt-page.tsx"),
    "ConsentReceiptPage",
  ),
  "/consents": page(() => import("./console/consent/consents-page.tsx"), "ConsentsPage"),
  "/consents/runs/$runId": page(() => import("./console/consent/run-page.tsx"), "ConsentRunPage"),
  "/orders": page(() => import("./console/orders/orders-page.tsx"), "OrdersPage"),
  "/orders/new": page(() => import("./console/orders/new-order-page.tsx"), "NewOrderPage"),
  "/orders/$orderId": page(() => import("./console/orders/order-page.tsx"), "OrderPage"),
  "/uses": page(() => import("./console/uses/uses-page.tsx"), "UsesPage"),
  "/uses/$useId": page(() => import("./console/uses/use-page.tsx"), "UsePage"),
  "/applications": page(() => import("./console/applications/applications-page.tsx"), "ApplicationsPage"),
  "/applications/new": page(() => import("./console/applications/apply-page.tsx"), "ApplyPage"),
  "/applications/$applicationId": page(
    () => import("./console/applications/application-page.tsx"),
    "ApplicationPage",
  ),
  "/exports": page(() => import("./console/exports/exports-page.tsx"), "ExportsPage"),
  "/exports/new": page(() => import("./console/exports/new-export-page.tsx"), "NewExportPage"),
  "/leaks": page(() => import("./console/leaks/leaks-page.tsx"), "LeaksPage"),
  "/emergencies": page(() => import("./console/emergencies/emergencies-page.tsx"), "EmergenciesPage"),
  "/emergencies/new": page(() => import("./console/emergencies/new-emergency-page.tsx"), "NewEmergencyPage"),
  "/emergencies/$emergencyId": page(
    () => import("./console/emergencies/emergency-page.tsx"),
    "EmergencyPage",
  ),
  "/duties": page(() => import("./console/applications/duties-page.tsx"), "DutiesPage"),
  "/caps": page(() => import("./console/applications/caps-page.tsx"), "CapsPage"),
  "/exposure": page(() => import("./console/applications/exposure-page.tsx"), "ExposurePage"),
  "/imports": page(() => import("./console/imports/imports-page.tsx"), "ImportsPage"),
  "/imports/$importId": page(() => import("./console/imports/import-page.tsx"), "ImportPage"),
  "/collect": page(() => import("./console/forms/collect-page.tsx"), "CollectPage"),
  "/channels": page(() => import("./console/channels/channels-page.tsx"), "ChannelsPage"),
  "/not-collected": page(() => import("./console/imports/not-collected-page.tsx"), "NotCollectedPage"),
  "/attempts": page(() => import("./console/stop/attempts-page.tsx"), "AttemptsPage"),
  "/lessons": page(() => import("./console/stop/lessons-page.tsx"), "LessonsPage"),
  "/excess": page(() => import("./console/excess/excess-page.tsx"), "ExcessPage"),
  "/excess/$planId": page(() => import("./console/excess/plan-page.tsx"), "PlanPage"),
  "/texts": page(() => import("./console/texts/texts-page.tsx"), "TextsPage"),
  "/training": page(() => import("./console/stop/training-page.tsx"), "TrainingPage"),
  "/traces": page(() => import("./console/traces/traces-page.tsx"), "TracesPage"),
  "/traces/root": page(() => import("./verify/root-sheet-page.tsx"), "RootSheetPage"),
  "/traces/hours": page(() => import("./console/traces/heat-page.tsx"), "HeatPage"),
  "/incidents": page(() => import("./console/incidents/incidents-page.tsx"), "IncidentsPage"),
  "/public-notice": page(() => import("./console/notice/public-notice-page.tsx"), "PublicNoticePage"),
  "/health": page(() => import("./console/health/health-page.tsx"), "HealthPage"),
  "/people": page(() => import("./console/people/people-page.tsx"), "PeoplePage"),
  "/keys": page(() => import("./console/keys/keys-page.tsx"), "KeysPage"),
  "/regime": page(() => import("./console/regime/regime-page.tsx"), "RegimePage"),
  "/regime/drafts/$draftId": page(() => import("./console/regime/draft-page.tsx"), "DraftPage"),
  "/regime/assessments/$assessmentId": page(
    () => import("./console/regime/assessment-page.tsx"),
    "AssessmentPage",
  ),
} as const
