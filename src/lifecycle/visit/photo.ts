/**
 * A picture without what a camera writes beside it: place, time, device, owner. JPEG by ITU-T T.81 annex B, PNG by its
 * specification (third edition) section 5. The picture itself is not touched. Clause 4.6.
 */

export type PictureKind = "jpeg" | "png"

export interface Stripped {
  readonly kind: PictureKind
  readonly bytes: Buffer
  /** How many segments or chunks were left out. */
  readonly removed: number
}

/** Undefined when it is no whole JPEG or PNG. */
export function stripMetadata(bytes: Buffer): Stripped | undefined {
  if (bytes.length > 4 && bytes.readUInt16BE(0) === 0xff_d8) return stripJpeg(bytes)
  if (bytes.subarray(0, 8).equals(pngSignature)) return stripPng(bytes)
  return undefined
}

const startOfScan = 0xda
const endOfImage = 0xd9

/** APP0 (JFIF) and APP14 (Adobe: how colours are coded) are needed to draw it; APP2 may hold a colour profile, or anything. */
function isMetadata(marker: number): boolean {
  const isComment = marker === 0xfe
  const isApplication = marker >= 0xe0 && marker <= 0xef
  return isComment || (isApplication && marker !== 0xe0 && marker !== 0xee)
}

function stripJpeg(bytes: Buffer): Stripped | undefined {
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let removed = 0
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1] ?? 0
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length) return undefined
    if (isMetadata(marker)) removed += 1
    else kept.push(bytes.subarray(at, end))
    if (marker === startOfScan) return withScans(kept, bytes, { removed, from: end })
    at = end
  }
  return undefined
}

/** Of what follows the first scan everything up to the end of the image; phones append whole films behind it. */
function withScans(
  kept: Buffer[],
  bytes: Buffer,
  { removed, from }: { removed: number; from: number },
): Stripped | undefined {
  const end = endOfPicture(bytes, from)
  if (end === undefined) return undefined
  kept.push(bytes.subarray(from, end))
  const trailing = end < bytes.length ? 1 : 0
  return { kind: "jpeg", bytes: Buffer.concat(kept), removed: removed + trailing }
}

/** Within a scan 0xff is followed by 0x00 or by a restart marker; the first other one that ends the image does. */
function endOfPicture(bytes: Buffer, from: number): number | undefined {
  for (
    let at = bytes.indexOf(0xff, from);
    at !== -1 && at + 1 < bytes.length;
    at = bytes.indexOf(0xff, at + 1)
  ) {
    if (bytes[at + 1] === endOfImage) return at + 2
  }
  return undefined
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** What is needed to draw it; everything else is left out. */
const drawn = new Set([
  "IHDR",
  "PLTE",
  "IDAT",
  "IEND",
  "tRNS",
  "gAMA",
  "cHRM",
  "sRGB",
  "sBIT",
  "bKGD",
  "pHYs",
])

function stripPng(bytes: Buffer): Stripped | undefined {
  const kept: Buffer[] = [pngSignature]
  let removed = 0
  let at = 8
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return undefined
    const type = bytes.toString("latin1", at + 4, at + 8)
    if (drawn.has(type)) kept.push(bytes.subarray(at, end))
    else removed += 1
    if (type === "IEND")
      return { kind: "png", bytes: Buffer.concat(kept), removed: removed + (end < bytes.length ? 1 : 0) }
    at = end
  }
  return undefined
}
