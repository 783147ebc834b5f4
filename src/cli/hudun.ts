/** The commands. Standard output is the answer, standard error the progress; the exit code is 0, 1 (found wrong) or 2 (wrong use). */

import { backupCommand, restoreCommand } from "./backup.ts"
import { checkConsentReceiptCommand } from "./consent-receipt.ts"
import {
  exportSharesCommand,
  providersCommand,
  quarantineCommand,
  resealCommand,
  rewrapCommand,
  rotateCommand,
  statusCommand,
} from "./keys.ts"
import { acceptClockCommand } from "./ledger-clock.ts"
import { checkExportCommand, exportCommand } from "./ledger-export.ts"
import { checkProofCommand, proveCommand } from "./ledger-proof.ts"
import { verifyCommand } from "./ledger-verify.ts"
import { Misuse } from "./options.ts"
import { recoverCommand } from "./people.ts"
import { sealCommand, unsealCommand } from "./seal.ts"
import { witnessCommand } from "./witness.ts"

type Command = (args: string[]) => Promise<number>

const commands: Readonly<Record<string, Command>> = {
  "keys status": statusCommand,
  "keys rotate": rotateCommand,
  "keys rewrap": rewrapCommand,
  "keys reseal": resealCommand,
  "keys quarantine": quarantineCommand,
  "keys providers": providersCommand,
  "keys export-shares": exportSharesCommand,
  backup: backupCommand,
  restore: restoreCommand,
  "people recover": recoverCommand,
  seal: sealCommand,
  unseal: unsealCommand,
  "ledger verify": verifyCommand,
  "ledger prove": proveCommand,
  "ledger check-proof": checkProofCommand,
  "ledger accept-clock": acceptClockCommand,
  "ledger export": exportCommand,
  "ledger check-export": checkExportCommand,
  "consent check-receipt": checkConsentReceiptCommand,
  witness: witnessCommand,
}

const usage = `hudun keys status        [--json]
hudun keys rotate        [--company ID] [--suite A1|S1]
hudun keys rewrap        [--company ID]
hudun keys reseal        [--company ID]
hudun keys quarantine    [list | resolve --community ID --subject ID --class CODE]
hudun keys providers
hudun keys export-shares [--of N] [--need M]
hudun backup             --to FOLDER [--keyring]
hudun restore            [--from FOLDER] [--keyring FOLDER] [--check]
hudun people recover LOGIN
hudun seal
hudun unseal             (shares from standard input, one a line)
hudun ledger verify      [--tiles DIR|URL] [--log NAME] [--key KEY|FILE] [--checkpoint FILE]… [--traces FILE]
                         [--witness-keys FILE] [--quorum N] [--json]
hudun ledger prove       --index N --log NAME [--tiles DIR|URL] [--out FILE]
hudun ledger check-proof FILE --key KEY|FILE [--entry BASE64] [--witness-keys FILE] [--quorum N]
hudun ledger export      --community N --to FILE [--after TIME] [--before TIME]
hudun ledger check-export FILE --key KEY|FILE [--log NAME] [--witness-keys FILE] [--quorum N] [--print]
hudun ledger accept-clock --now TIME
hudun consent check-receipt FILE --key KEY|FILE
hudun witness            --dir DIR --name NAME --logs FILE [--host ADDRESS] [--port 7090]

docs/keys.md, docs/operations.md and docs/ledger.md tell what each means.
`

async function main(args: string[]): Promise<number> {
  const two = commands[args.slice(0, 2).join(" ")]
  if (two !== undefined) return two(args.slice(2))
  const one = commands[args[0] ?? ""]
  if (one !== undefined) return one(args.slice(1))
  process.stderr.write(usage)
  return args.length === 0 || args[0] === "help" ? 0 : 2
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : "it broke"}\n`)
    process.exitCode = error instanceof Misuse ? 2 : 1
  },
)
