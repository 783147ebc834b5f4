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

  community,
  owners: (communityId: string) => `${community(communityId)}/owners`,
  person: (communityId: string, personId: string) => `${community(communityId)}/owners/${personId}`,
  orders: (communityId: string) => `${community(communityId)}/orders`,
  newOrder: (communityId: string) => `${community(communityId)}/orders/new`,
  order: (communityId: string, orderId: string) => `${community(communityId)}/orders/${orderId}`,
  uses: (communityId: string) => `${community(communityId)}/uses`,
  use: (communityId: string, useId: string) => `${community(communityId)}/uses/${useId}`,
  imports: (communityId: string) => `${community(communityId)}/imports`,
  import: (communityId: string, importId: string) => `${community(communityId)}/imports/${importId}`,
  notCollected: (communityId: string) => `${community(communityId)}/not-collected`,
  attempts: (communityId: string) => `${community(communityId)}/attempts`,
  lessons: (communityId: string) => `${community(communityId)}/lessons`,
  training: (communityId: string) => `${community(communityId)}/training`,
  traces: (communityId: string) => `${community(communityId)}/traces`,
  rootSheet: (communityId: string) => `${community(communityId)}/traces/root`,
  traceHours: (communityId: string) => `${community(communityId)}/traces/hours`,
  incidents: (communityId: string) => `${community(communityId)}/incidents`,
  people: (communityId: string) => `${community(communityId)}/people`,
  keys: (communityId: string) => `${community(communityId)}/keys`,
  regime: (communityId: string) => `${community(communityId)}/regime`,
} as const
