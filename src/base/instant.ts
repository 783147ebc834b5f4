/** Points in time on the wire: ISO 8601 in UTC with milliseconds. */

import { z } from "zod"

export const instant = z.iso.datetime({ offset: true })

/** Where the product shows days and hours, it shows them in the time of its users. */
export const houseZone = "Asia/Shanghai"
