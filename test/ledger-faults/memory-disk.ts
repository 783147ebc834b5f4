/** The files of a log in memory: for logs that are attacked a thousand times. */

import type { Disk } from "../../src/ledger/disk.ts"
import type { LogFiles } from "../../src/ledger/log-walk.ts"

export type Files = Map<string, Uint8Array>

export function memoryDisk(files: Files): Disk {
  return {
    read: (path) => Promise.resolve(files.get(path)),
    write(written) {
      for (const { path, bytes } of written) files.set(path, bytes)
      return Promise.resolve()
    },
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
