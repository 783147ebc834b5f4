/** Debian's packages rsyslog and rsyslog-gnutls: those that are there, else installed when we are root; else said and left out. */

import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"

const programs = ["/usr/sbin/rsyslogd", "/sbin/rsyslogd"]
const drivers = ["x86_64", "aarch64"].map((machine) => `/usr/lib/${machine}-linux-gnu/rsyslog/lmnsd_gtls.so`)

export interface RsyslogPackage {
  readonly program: string | undefined
  readonly hasTls: boolean
}

export function findRsyslog(): RsyslogPackage {
  const found = look()
  if (found.program !== undefined && found.hasTls) return found
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) install()
  const now = look()
  if (now.program === undefined || !now.hasTls)
    process.stderr.write(
      "rsyslog with rsyslog-gnutls is neither here nor installable: its tests are left out\n",
    )
  return now
}

function look(): RsyslogPackage {
  return { program: programs.find(existsSync), hasTls: drivers.some(existsSync) }
}

function install(): void {
  process.stderr.write("Installing rsyslog for a test …\n")
  // RUNLEVEL=1: the package is not to start a service of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" }
  const run = (...args: string[]) => spawnSync("apt-get", args, { stdio: "ignore", env, timeout: 120_000 })
  run("update", "-qq")
  run("install", "-y", "-qq", "--no-install-recommends", "rsyslog", "rsyslog-gnutls")
}
