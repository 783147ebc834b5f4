import type { outsideActs as zh } from "../zh-CN/outside-acts.ts"

export const outsideActs: typeof zh = {
  party: {
    enter: "Entered a third party's contract",
    sign: "Signed a third party's contract",
    refuse: "Refused a third party's contract",
    end: "Ended a third party's contract early",
  },
  sharing: {
    list: "Read the sharing ledger",
    left: "Noted what was given to a third party",
    prove: "Recorded a proof of return or deletion",
    see_proof: "Looked at a proof of return or deletion",
    archive: "Confirmed return or deletion",
    doubt: "Refused a proof of return or deletion",
  },
  authority: {
    list: "Read the requests of authorities",
    see_officers: "Saw officers in the clear",
    see_paper: "Looked at a document or receipt",
    receipt: "Kept a receipt of an authority",
  },
  statistics: { read: "Read statistics", export: "Exported statistics", release: "Released statistics" },
}
