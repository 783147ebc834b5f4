/** What pg's own Query does on the wire, which @types/pg leaves out. Checked against pg 8.23.1 lib/query.js. */
import "pg"
import type { Wire } from "./wire.ts"

declare module "pg" {
  interface Query {
    requiresPreparation(): boolean
    prepare(wire: Wire): void
    handleDataRow(message: unknown): void
    handleCommandComplete(message: unknown, wire: Wire): void
  }
}
