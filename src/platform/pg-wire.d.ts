/** Whether pg's connection goes through TLS, which @types/pg leaves out. Checked against pg 8.23.1 lib/connection.js. */
import "pg"

declare module "pg" {
  interface Connection {
    readonly ssl: unknown
  }
}
