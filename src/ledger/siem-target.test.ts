import { describe, expect, test } from "vitest"
import { parseSiemTarget, targetName } from "./siem-target.ts"

describe("the place of a SIEM", () => {
  test.each([
    ["syslog+tls://logs.example:6515", { kind: "tls", host: "logs.example", port: 6515 }],
    ["syslog+tls://logs.example", { kind: "tls", host: "logs.example", port: 6514 }],
    ["syslog+tcp://10.0.0.9", { kind: "tcp", host: "10.0.0.9", port: 601 }],
    ["syslog+tcp://[::1]:514", { kind: "tcp", host: "::1", port: 514 }],
    ["syslog+tcp://logs.example:80", { kind: "tcp", host: "logs.example", port: 80 }],
    ["ndjson:/var/log/hudun.ndjson", { kind: "file", path: "/var/log/hudun.ndjson" }],
  ] as const)("%s", (text, target) => {
    expect(parseSiemTarget(text)).toEqual(target)
    expect(parseSiemTarget(targetName(target))).toEqual(target)
  })

  test.each([
    "syslog://logs.example",
    "syslog+udp://logs.example",
    "syslog+tls://",
    "syslog+tls://logs.example:99999",
    "syslog+tls://secret@logs.example",
    "syslog+tls://logs.example/path",
    "ndjson:here.ndjson",
    "https://logs.example",
  ])("%s is refused, and not repeated", (text) => {
    expect(() => parseSiemTarget(text)).toThrow(/^HUDUN_SIEM/)
    expect(() => parseSiemTarget(text)).not.toThrow(/secret/)
  })
})
