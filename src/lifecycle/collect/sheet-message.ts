/** What the reading thread and the server say to each other. Rows travel only when they are asked for. */

import type { RefusalFacts } from "../../base/refusal.ts"
import type { RefusalCode } from "../../base/refusal-codes.ts"
import type { Row, SheetLimits, SheetMeta } from "./sheet-shape.ts"

/** What the thread is started with. */
export type ReadingOrder = Readonly<{ bytes: Uint8Array; name: string; limits: SheetLimits }>

/** `rows` begins the sheet anew; `more` asks for the next chunk of it. */
export type ToReader = Readonly<{ ask: "sheets" } | { ask: "rows"; sheet: number } | { ask: "more" }>

/** Exactly one answer to each question. `broken` names the kind of a bug, never a cell. */
export type FromReader = Readonly<
  | { answer: "sheets"; sheets: readonly SheetMeta[] }
  | { answer: "rows"; rows: Row[] }
  | { answer: "end" }
  | { answer: "refused"; code: RefusalCode; facts: RefusalFacts }
  | { answer: "broken"; kind: string }
>
