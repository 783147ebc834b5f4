/** A call of each route that changes the regime or an assessment, in an order in which they succeed, with the act it leaves. */

import { randomUUID } from "node:crypto"
import type { Reply, TestStaff } from "./house.ts"
import { assessed } from "./regime-desk.ts"

/** What the samples make, for those who read it after them. */
export const madeBySamples = { draftId: randomUUID(), assessmentId: randomUUID() } as const

interface Hands {
  readonly as: () => TestStaff
  /** Whoever signs second. */
  readonly second: () => TestStaff
  readonly send: (line: `${"GET" | "POST"} /${string}`, as: TestStaff, body?: object) => Promise<Reply>
}

interface Sample {
  readonly route: string
  readonly act: string
  readonly call: () => Promise<Reply>
}

export function regimeSamples({ as, second, send }: Hands): readonly Sample[] {
  const { draftId, assessmentId } = madeBySamples
  const at = "/api/communities/:communityId"
  const post = (path: `/${string}`, body: object) => send(`POST ${path}`, as(), body)
  return [
    {
      route: `POST ${at}/regime/drafts`,
      act: "regime.draft",
      call: () => post("/regime/drafts", { draftId, title: "试改" }),
    },
    {
      route: `POST ${at}/regime/drafts/:draftId/changes`,
      act: "regime.change",
      call: async () => {
        const { text } = (await send(`GET /regime/drafts/${draftId}`, as())).body
        return post(`/regime/drafts/${draftId}/changes`, { after: 1, text })
      },
    },
    {
      route: `GET ${at}/regime/drafts/:draftId/effect`,
      act: "regime.effect",
      call: () => send(`GET /regime/drafts/${draftId}/effect`, as()),
    },
    {
      route: `POST ${at}/regime/drafts/:draftId/sign`,
      act: "regime.sign",
      call: () => post(`/regime/drafts/${draftId}/sign`, { change: 2 }),
    },
    {
      route: `POST ${at}/regime/drafts/:draftId/withdraw`,
      act: "regime.withdraw",
      call: () => post(`/regime/drafts/${draftId}/withdraw`, {}),
    },
    {
      route: `POST ${at}/assessments`,
      act: "assessment.write",
      call: () => post("/assessments", { assessmentId, purpose: "gate", text: assessed(["face"]) }),
    },
    {
      route: `POST ${at}/assessments/:assessmentId/editions`,
      act: "assessment.write",
      call: () => post(`/assessments/${assessmentId}/editions`, { after: 1, text: assessed(["face"]) }),
    },
    {
      route: `POST ${at}/assessments/:assessmentId/sign`,
      act: "assessment.sign",
      call: () => send(`POST /assessments/${assessmentId}/sign`, second(), { edition: 2 }),
    },
  ]
}
