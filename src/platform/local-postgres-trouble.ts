/** What PostgreSQL said when it did not start, in words of what to do. */

import { StartFailure } from "./start-failure.ts"

/** Another server, or the last processes of one that was killed, still hold the data: they are gone in a moment. */
export function isPassing(said: string): boolean {
  return /lock file ".*" already exists|pre-existing shared memory block/.test(said)
}

export function isDiskFull(said: string): boolean {
  return /No space left on device|Disk quota exceeded|ENOSPC|EDQUOT/.test(said)
}

export function explain(said: string): Error {
  if (isDiskFull(said)) {
    return new StartFailure(
      "磁盘已满,数据库不能启动。请腾出空间后再启动;已有数据没有丢失。",
      "The disk is full and the database cannot start. Free some space and start again; no data was lost.",
    )
  }
  if (isPassing(said)) {
    return new StartFailure(
      "另一个进程仍占用数据库文件。请等它结束,或结束它以后再启动。",
      "Another process still holds the database files. Wait for it or end it, then start again.",
    )
  }
  if (/could not map anonymous shared memory|Cannot allocate memory|ENOMEM/.test(said)) {
    return new StartFailure(
      "内存不足,数据库不能启动(需要约 1 GB)。",
      "There is not enough memory for the database to start (about 1 GB is needed).",
    )
  }
  return new StartFailure(
    `数据库没有启动。它说:\n${said.trim()}`,
    "The database did not start; its own words are above.",
  )
}
