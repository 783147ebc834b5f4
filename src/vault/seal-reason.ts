/** Why a server is sealed, in both languages: what is the matter, then what to do. Nothing of a key. */

export const sealReasons = [
  "starting",
  "by_hand",
  "root_missing",
  "root_exposed",
  "root_damaged",
  "passphrase_missing",
  "passphrase_wrong",
  "root_wrong",
  "provider_unreachable",
  "provider_slow",
  "provider_refused",
  "token_tool_missing",
  "shares_needed",
  "keyring_empty",
  "keyring_unreachable",
  "keyring_refused",
] as const
export type SealReason = (typeof sealReasons)[number]

interface Said {
  readonly zh: string
  readonly en: string
}

export const sealSentences: Readonly<Record<SealReason, Said>> = {
  starting: { zh: "正在打开根密钥，请稍候。", en: "The root key is being opened; wait a moment." },
  by_hand: {
    zh: "已由管理人员手动封存。持有人解封后恢复。",
    en: "Sealed by hand. It opens again once its holders unseal it.",
  },
  root_missing: {
    zh: "根密钥文件不在原处，而密钥库中已有密钥。请放回原文件，不会生成新的根密钥。",
    en: "The root key file is gone while the keyring holds keys. Put the file back; no new root is made.",
  },
  root_exposed: {
    zh: "根密钥文件可被他人读取。请执行 chmod 600。",
    en: "The root key file can be read by others. Run chmod 600 on it.",
  },
  root_damaged: {
    zh: "根密钥文件已损坏或不是本系统的文件。请从保管处取回副本。",
    en: "The root key file is damaged or not one of Hudun's. Bring back its copy.",
  },
  passphrase_missing: {
    zh: "根密钥文件有口令。请用 HUDUN_ROOT_PASSPHRASE_FILE 指定口令文件。",
    en: "The root key file has a passphrase. Name its file in HUDUN_ROOT_PASSPHRASE_FILE.",
  },
  passphrase_wrong: {
    zh: "口令打不开根密钥文件。请检查口令文件。",
    en: "The passphrase does not open the root key file. Check the passphrase file.",
  },
  root_wrong: {
    zh: "这把根密钥不是本密钥库的。请换回原来的根密钥。",
    en: "This root key is not the one of this keyring. Bring back the right one.",
  },
  provider_unreachable: {
    zh: "连接不上根密钥服务。恢复后会自动解封。",
    en: "The root key's service cannot be reached. The server opens by itself once it answers.",
  },
  provider_slow: {
    zh: "根密钥服务超时未答。恢复后会自动解封。",
    en: "The root key's service did not answer in time. The server opens by itself once it does.",
  },
  provider_refused: {
    zh: "根密钥服务拒绝了本服务器。请检查令牌（或 PIN）与权限。",
    en: "The root key's service refused this server. Check the token (or PIN) and its rights.",
  },
  token_tool_missing: {
    zh: "找不到 pkcs11-tool 程序。请安装 opensc。",
    en: "The program pkcs11-tool was not found. Install opensc.",
  },
  shares_needed: {
    zh: "根密钥由多人分持。请持有人各自输入自己的一份，或在本机运行 hudun unseal。",
    en: "The root key is held in shares. Each holder enters theirs, or runs hudun unseal on this machine.",
  },
  keyring_empty: {
    zh: "密钥库是空的，而数据库中已有公司。请检查 KEYRING_URL。",
    en: "The keyring is empty while the database holds companies. Check KEYRING_URL.",
  },
  keyring_unreachable: {
    zh: "连接不上密钥库。恢复后会自动解封。",
    en: "The keyring cannot be reached. The server opens by itself once it answers.",
  },
  keyring_refused: {
    zh: "密钥库的数据库拒绝了本服务器，或其中的表不符。请检查 KEYRING_URL 与权限。",
    en: "The keyring's database refuses this server, or its tables do not fit. Check KEYRING_URL and its rights.",
  },
}
