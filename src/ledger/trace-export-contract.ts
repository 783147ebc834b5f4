/** What crosses the wire when traces are exported with their proofs. Clauses 3.12, 7.2. */

import { z } from "zod"
import { endpoint } from "../base/endpoint.ts"
import { numberId } from "../base/id.ts"
import { instant } from "../base/instant.ts"

const params = z.object({ communityId: numberId })
/** When a trace entered the log, about a second after it was made: from `after` on, before `before`. */
const query = z.object({ after: instant.optional(), before: instant.optional() })
const reply = z.string()

export const exportTraces = endpoint({
  method: "GET",
  path: "/api/communities/:communityId/traces/export",
  clause: "7.2",
  summary:
    "Traces in the order of the log with salts, proofs and the checkpoint, one JSON object a line. Exporting is itself traced.",
  params,
  query,
  reply,
})

export const exportTracesHere = endpoint({
  method: "GET",
  path: "/api/local/communities/:communityId/traces/export",
  clause: "7.2",
  summary:
    "The same for `hudun ledger export` on the machine of the server, which proves itself by a secret from its keys folder.",
  params,
  query,
  reply,
})
