/** The files of a log in memory: for logs that are attacked a thousand times. */

import type { LogDisk } from "../../src/ledger/disk.ts"
import type { LogFiles } from "../../src/ledger/log-walk.ts"

export type Files = Map<string, Uint8Array>

export function memoryDisk(files: Files): LogDisk {
  return {
    read: (path) => Promise.resolve(files.get(path)),
    commit({ fresh, heads }) {
      for (const { path, bytes } of [...fresh, ...heads]) files.set(path, bytes)
      return Promise.resolve()
    },
    recover: () => Promise.resolve(),
    settle: () => Promise.resolve(),
    close: () => Promise.resolve(),
    replace({ path, bytes }) {
      files.set(path, bytes)
      return Promise.resolve()
    },
    removeFolder(folder) {
      for (const path of files.keys()) if (path.startsWith(`${folder}/`)) files.delete(path)
      return Promise.resolve()
    },
  }
}

export function memoryFiles(files: Files, folder: string): LogFiles {
  return { read: (path) => Promise.resolve(files.get(`${folder}/${path}`)) }
}
