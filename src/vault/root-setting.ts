/** HUDUN_ROOT, read once: which provider holds the root key, and what it is opened with. docs/keys.md lists the forms. */

export type RootSetting = FileSetting | TransitSetting | TokenSetting | { readonly kind: "shares" }

export interface FileSetting {
  readonly kind: "file"
  readonly path: string
  readonly passphraseFile: string | undefined
}

export interface TransitSetting {
  readonly kind: "transit"
  readonly origin: string
  /** Where the secrets engine is mounted, e.g. `transit`. */
  readonly mount: string
  readonly key: string
  readonly tokenFile: string | undefined
  readonly caFile: string | undefined
}

/** RFC 7512: `pkcs11:token=<label>;object=<label>?module-path=<library>`. */
export interface TokenSetting {
  readonly kind: "pkcs11"
  readonly module: string
  readonly token: string
  readonly object: string
  readonly pinFile: string | undefined
  /** The root key, encrypted to the token's key. */
  readonly path: string
}

interface Said {
  readonly place: string
  readonly passphraseFile: string | undefined
  readonly secretFile: string | undefined
  readonly caFile: string | undefined
  readonly absolute: (path: string) => string
  readonly tokenFilePath: string
}

/** Throws an error that names the setting; the value is not repeated. */
export function readRootSetting(said: Said): RootSetting {
  const [kind, rest] = split(said.place, ":")
  if (kind === "file" && rest !== "")
    return { kind, path: said.absolute(rest), passphraseFile: said.passphraseFile }
  if (kind === "shares") return { kind }
  if (kind === "transit" && URL.canParse(rest)) return transitOf(new URL(rest), said)
  if (kind === "pkcs11") return tokenOf(rest, said)
  throw new Error("HUDUN_ROOT must be file:…, transit:https://…, pkcs11:… or shares:")
}

function transitOf(url: URL, { secretFile, caFile }: Said): TransitSetting {
  const at = url.pathname.lastIndexOf("/")
  const [mount, key] = [url.pathname.slice(1, at), url.pathname.slice(at + 1)]
  if (url.protocol !== "https:" || mount === "" || key === "")
    throw new Error("HUDUN_ROOT must be transit:https://host:port/<mount>/<key>")
  return { kind: "transit", origin: url.origin, mount, key, tokenFile: secretFile, caFile }
}

function tokenOf(text: string, said: Said): TokenSetting {
  const [path, query] = split(text, "?")
  const parts = new Map(path.split(";").map((part) => split(part, "=")))
  const module = new Map(query.split("&").map((part) => split(part, "="))).get("module-path")
  const [token, object] = [parts.get("token"), parts.get("object")]
  if (token === undefined || object === undefined || module === undefined)
    throw new Error("HUDUN_ROOT must be pkcs11:token=<label>;object=<label>?module-path=<library>")
  return {
    kind: "pkcs11",
    module: decodeURIComponent(module),
    token: decodeURIComponent(token),
    object: decodeURIComponent(object),
    pinFile: said.secretFile,
    path: said.tokenFilePath,
  }
}

function split(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)]
}
