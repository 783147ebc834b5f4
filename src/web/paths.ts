/** The one maker of the console's URLs. An address holds ids, filters and pages, never a value of an owner. */

const community = (communityId: string) => `/c/${communityId}`

export const paths = {
  home: () => "/",
  setup: () => "/setup",
  signIn: () => "/sign-in",
  firstPassword: () => "/first-password",
  secondFactor: () => "/second-factor",
  account: () => "/account",
  sealed: () => "/sealed",
  docs: () => "/docs",
  verify: () => "/verify",
  visit: () => "/visit",
  phoneForm: (code: string) => `/f/${code}`,
  notice: (communityId: string) => `/notice/${communityId}`,

  community,
  owners: (communityId: string) => `${community(communityId)}/owners`,
  person: (communityId: string, personId: string) => `${community(communityId)}/owners/${personId}`,
  personConsents: (communityId: string, personId: string) =>
    `${community(communityId)}/owners/${personId}/consents`,
  consentReceipt: (communityId: string, personId: string, eventId: string) =>
    `${community(communityId)}/owners/${personId}/consents/${eventId}`,
  consents: (communityId: string) => `${community(communityId)}/consents`,
  consentRun: (communityId: string, runId: string) => `${community(communityId)}/consents/runs/${runId}`,
  orders: (communityId: string) => `${community(communityId)}/orders`,
  newOrder: (communityId: string) => `${community(communityId)}/orders/new`,
  order: (communityId: string, orderId: string) => `${community(communityId)}/orders/${orderId}`,
  uses: (communityId: string) => `${community(communityId)}/uses`,
  use: (communityId: string, useId: string) => `${community(communityId)}/uses/${useId}`,
  applications: (communityId: string) => `${community(communityId)}/applications`,
  newApplication: (communityId: string) => `${community(communityId)}/applications/new`,
  application: (communityId: string, applicationId: string) =>
    `${community(communityId)}/applications/${applicationId}`,
  duties: (communityId: string) => `${community(communityId)}/duties`,
  caps: (communityId: string) => `${community(communityId)}/caps`,
  imports: (communityId: string) => `${community(communityId)}/imports`,
  import: (communityId: string, importId: string) => `${community(communityId)}/imports/${importId}`,
  collect: (communityId: string) => `${community(communityId)}/collect`,
  channels: (communityId: string) => `${community(communityId)}/channels`,
  notCollected: (communityId: string) => `${community(communityId)}/not-collected`,
  attempts: (communityId: string) => `${community(communityId)}/attempts`,
  lessons: (communityId: string) => `${community(communityId)}/lessons`,
  texts: (communityId: string) => `${community(communityId)}/texts`,
  training: (communityId: string) => `${community(communityId)}/training`,
  traces: (communityId: string) => `${community(communityId)}/traces`,
  rootSheet: (communityId: string) => `${community(communityId)}/traces/root`,
  traceHours: (communityId: string) => `${community(communityId)}/traces/hours`,
  incidents: (communityId: string) => `${community(communityId)}/incidents`,
  people: (communityId: string) => `${community(communityId)}/people`,
  keys: (communityId: string) => `${community(communityId)}/keys`,
  regime: (communityId: string) => `${community(communityId)}/regime`,
  regimeDraft: (communityId: string, draftId: string) => `${community(communityId)}/regime/drafts/${draftId}`,
  assessment: (communityId: string, assessmentId: string) =>
    `${community(communityId)}/regime/assessments/${assessmentId}`,
} as const
