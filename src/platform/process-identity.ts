/** Which process a number means. Numbers are reused, above all in containers: a number with its start time is not. */

import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"

export interface ProcessIdentity {
  readonly pid: number
  /** Opaque: boot and start time of the process. */
  readonly started: string
}

/** Undefined when no such process runs; one that ended and was not yet collected by its parent does not run. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = process.platform === "linux" ? startedOnLinux(pid) : startedElsewhere(pid)
  return started === undefined ? undefined : { pid, started }
}

/** The program's name as the kernel has it; undefined when no such process runs. */
export function programOf(pid: number): string | undefined {
  if (process.platform === "linux") return statusOnLinux(pid)?.program
  return ask("comm", pid)?.split("/").at(-1)
}

export function isRunning(pid: number): boolean {
  return identify(pid) !== undefined
}

function startedOnLinux(pid: number): string | undefined {
  const status = statusOnLinux(pid)
  if (status === undefined) return undefined
  return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${status.started}`
}

/** proc(5): the program's name stands in brackets and may itself hold blanks; state is field 3, start time field 22. */
function statusOnLinux(pid: number): { program: string; started: string } | undefined {
  const text = readIfThere(`/proc/${pid}/stat`)
  const parts = text === undefined ? null : /^\d+ \((.*)\) (.*)$/s.exec(text)
  if (parts === null) return undefined
  const fields = (parts[2] ?? "").split(" ")
  const ended = fields[0] === "Z" || fields[0] === "X"
  return ended ? undefined : { program: parts[1] ?? "", started: fields[19] ?? "" }
}

function startedElsewhere(pid: number): string | undefined {
  return ask("lstart", pid)
}

function ask(column: string, pid: number): string | undefined {
  try {
    return (
      execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" }).trim() || undefined
    )
  } catch {
    return undefined
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8")
  } catch {
    return undefined
  }
}
