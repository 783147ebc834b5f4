/** Forms, channels, notice: everything that is collected comes in here. Clauses 2.1, 2.3, 2.5, 2.6, 2.8. */

import type { House } from "../../house.ts"
import type { Http } from "../../platform/http.ts"
import { channelRoutes } from "./channel-routes.ts"
import { deskRoutes, linkRoutes, sheetRoutes } from "./desk-routes.ts"
import { inboxRoutes, phoneRoutes } from "./inbox-routes.ts"
import { noticeRoutes } from "./notice-routes.ts"

export function formsRoutes(http: Http, house: House): void {
  channelRoutes(http, house)
  deskRoutes(http, house)
  sheetRoutes(http, house)
  linkRoutes(http, house)
  phoneRoutes(http, house)
  inboxRoutes(http, house)
  noticeRoutes(http, house)
}
