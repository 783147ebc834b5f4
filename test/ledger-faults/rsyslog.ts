/** Debian's rsyslog as a receiver: a process of its own that can be killed, over TCP and over TLS. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { connect, createServer } from "node:net"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

export class Rsyslog {
  readonly #program: string
  readonly port: number
  readonly output: string
  readonly ca: string
  readonly #folder: string
  #child: ChildProcess | undefined

  private constructor(program: string, folder: string, port: number) {
    this.#program = program
    this.#folder = folder
    this.port = port
    this.output = join(folder, "received.log")
    this.ca = join(folder, "ca.pem")
  }

  static async make(program: string, folder: string, how: "tcp" | "tls"): Promise<Rsyslog> {
    await mkdir(folder)
    const receiver = new Rsyslog(program, folder, await freePort())
    if (how === "tls") makeCertificates(folder)
    await writeFile(join(folder, "rsyslog.conf"), receiver.#configuration(how))
    return receiver
  }

  async start(): Promise<void> {
    const config = ["-n", "-f", join(this.#folder, "rsyslog.conf"), "-i", join(this.#folder, "pid")]
    this.#child = spawn(this.#program, config, { stdio: "ignore" })
    while (!(await answers(this.port))) await sleep(50)
  }

  async kill(): Promise<void> {
    const child = this.#child
    if (child === undefined) return
    this.#child = undefined
    const gone = once(child, "exit")
    child.kill("SIGKILL")
    await gone
  }

  async lines(): Promise<string[]> {
    return (await readFile(this.output, "utf8").catch(() => "")).split("\n").filter(Boolean)
  }

  #configuration(how: "tcp" | "tls"): string {
    const tls = `global(DefaultNetstreamDriverCAFile="${this.ca}"
  DefaultNetstreamDriverCertFile="${join(this.#folder, "server.pem")}"
  DefaultNetstreamDriverKeyFile="${join(this.#folder, "server.key")}")
`
    const driver = `StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="anon"`
    return `${how === "tls" ? tls : ""}global(workDirectory="${this.#folder}" maxMessageSize="64k")
module(load="imtcp" ${how === "tls" ? driver : ""})
template(name="parts" type="string" string="%app-name%\\t%msgid%\\t%structured-data%\\t%msg%\\n")
input(type="imtcp" address="127.0.0.1" port="${this.port}" ruleset="keep")
ruleset(name="keep") { action(type="omfile" file="${this.output}" template="parts") }
`
  }
}

function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" })
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
  openssl("req", "-x509", ...key, "-subj", "/CN=test authority", "-keyout", "ca.key", "-out", "ca.pem")
  const named = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
  openssl(
    "req",
    "-x509",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    ...key,
    ...named,
    "-addext",
    "basicConstraints=critical,CA:FALSE",
    "-keyout",
    "server.key",
    "-out",
    "server.pem",
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === "object" && address !== null ? address.port : 0
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port })
    const end = (isUp: boolean) => {
      socket.destroy()
      resolve(isUp)
    }
    socket.once("connect", () => end(true))
    socket.once("error", () => end(false))
  })
}
