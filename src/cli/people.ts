/** `hudun people recover LOGIN`: asks the running server, so that it leaves its trace there. docs/operations.md. */

import { recoverOfficer } from "../duty/people/contract.ts"
import { askServer } from "./local-server.ts"
import { Misuse } from "./options.ts"

export async function recoverCommand([login, ...rest]: string[]): Promise<number> {
  if (login === undefined || login.startsWith("-") || rest.length > 0)
    throw new Misuse("name one log-in: hudun people recover LOGIN")
  const { firstPassword } = await askServer(recoverOfficer, { body: { login } })
  process.stderr.write("Sign in with this password, choose another, and confirm a new second factor.\n")
  process.stdout.write(`${firstPassword}\n`)
  return 0
}
