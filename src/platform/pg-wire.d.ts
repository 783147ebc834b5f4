/** What @types/pg leaves out: whether pg's connection goes through TLS, and COPY. Checked against pg 8.23.1 lib/connection.js. */
import "pg"

declare module "pg" {
  interface Connection {
    readonly ssl: unknown
    sendCopyFromChunk(chunk: Buffer): void
    endCopyFrom(): void
    sendCopyFail(reason: string): void
  }
}
