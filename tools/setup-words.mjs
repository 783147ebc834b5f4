/** Sentences of the set-up, in Chinese and English, and the failure that carries one instead of a stack. */

export class SetupFailure extends Error {
  constructor(zh, en) {
    super(`${zh}\n${en}`)
    this.name = "SetupFailure"
  }
}

export function say(zh, en) {
  process.stderr.write(`${zh}\n${en}\n`)
}

/** Ends the process with the sentence of a failure; anything else keeps its stack. */
export function endWith(error) {
  process.stderr.write(`${error instanceof SetupFailure ? error.message : error.stack}\n`)
  process.exit(1)
}

/** What npm or the system said, as something to do. Undefined when it is none of these. */
export function troubleIn(text) {
  return troubles.find((trouble) => trouble.sign.test(text))?.failure()
}

const troubles = [
  {
    sign: /ENOSPC|EDQUOT|no space left on device/i,
    failure: () =>
      new SetupFailure(
        "磁盘已满。安装需要约 1 GB,请腾出空间后再运行一次。",
        "The disk is full. Installing takes about 1 GB: free some space and run it again.",
      ),
  },
  {
    sign: /EACCES|EPERM|EROFS|read-only file system|permission denied/i,
    failure: () =>
      new SetupFailure(
        "没有写入此文件夹的权限。请用文件夹的所有者运行,或先由所有者运行一次。",
        "This folder cannot be written. Run as its owner, or let its owner run it once.",
      ),
  },
  {
    sign: /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ESOCKETTIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|network/i,
    failure: () =>
      new SetupFailure(
        "连不上软件包仓库,不能下载依赖。请检查网络(或用 npm config set registry 换一个仓库),然后再运行一次。",
        "The package registry cannot be reached. Check the network (or choose another with npm config set registry) and run it again.",
      ),
  },
  {
    sign: /EINTEGRITY/,
    failure: () =>
      new SetupFailure(
        "下载的软件包与锁文件不符,没有安装。请运行 npm cache verify 后再试;如仍如此,请换一个仓库。",
        "A downloaded package differs from the lock file and was not installed. Run npm cache verify and try again; if it stays so, choose another registry.",
      ),
  },
  {
    sign: /\bE(401|403|404|407|429|5\d\d)\b|ETARGET/,
    failure: () =>
      new SetupFailure(
        "软件包仓库拒绝了请求。请检查 npm config get registry 指向的仓库及其登录,然后再运行一次。",
        "The package registry refused. Check the registry of npm config get registry and its log-in, then run it again.",
      ),
  },
]
