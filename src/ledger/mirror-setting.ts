/** Where the second place is, as the environment tells it. Clause 3.11. */

export interface S3Setting {
  readonly kind: "s3"
  /** Scheme, host and port. */
  readonly origin: string
  readonly bucket: string
  /** Before the name of every object; empty or ending in a slash. */
  readonly prefix: string
  readonly region: string
  /** Holds `<access key id>:<secret access key>`. */
  readonly secretFile: string
  /** PEM of the authority that signed the store's certificate, when it is not a public one. */
  readonly caFile: string | undefined
  /** How long an object cannot be changed or removed by anybody. */
  readonly lockDays: number
}

export type MirrorSetting = { readonly kind: "folder"; readonly path: string } | S3Setting

const path = /^\/([a-z0-9][a-z0-9.-]{1,62})(?:\/([A-Za-z0-9._/-]*))?$/

/** Whether the text names an object store and not a folder. */
export function isS3(text: string): boolean {
  return /^s3\+https?:/.test(text)
}

export type S3Access = Pick<S3Setting, "caFile" | "lockDays"> & { readonly secretFile: string | undefined }

/** `s3+https://host[:port]/bucket[/prefix][?region=…]`. Throws an error that repeats nothing of what it read. */
export function parseS3(text: string, { secretFile, ...access }: S3Access): S3Setting {
  const { url, bucket, prefix } = placeOf(text.slice(3))
  if (secretFile === undefined) throw new Error("HUDUN_MIRROR_SECRET_FILE is needed for an object store")
  const region = url.searchParams.get("region") ?? "us-east-1"
  return { kind: "s3", origin: url.origin, bucket, prefix, region, secretFile, ...access }
}

function placeOf(text: string): { url: URL; bucket: string; prefix: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const [, bucket, prefix = ""] = path.exec(url?.pathname ?? "") ?? []
  if (url === undefined || bucket === undefined || url.username !== "")
    throw new Error("HUDUN_MIRROR is a folder, or s3+https://host/bucket/prefix?region=name")
  return { url, bucket, prefix: prefix === "" ? "" : `${prefix.replace(/\/+$/, "")}/` }
}
