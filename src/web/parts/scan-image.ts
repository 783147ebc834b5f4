/** A photo or scan made small enough to be kept: at most 1600 pixels, as JPEG. Nothing leaves the browser here. */

const longestSide = 1_600
const mostLetters = 700_000
const qualities = [0.8, 0.6, 0.4, 0.25]

/** Base64 of a JPEG. Undefined: the file is no picture that this browser can read, or stays too large. */
export async function readScan(file: File): Promise<string | undefined> {
  const picture = await createImageBitmap(file).catch(() => undefined)
  if (picture === undefined) return undefined
  const share = Math.min(1, longestSide / Math.max(picture.width, picture.height))
  const canvas = document.createElement("canvas")
  canvas.width = Math.max(1, Math.round(picture.width * share))
  canvas.height = Math.max(1, Math.round(picture.height * share))
  const pen = canvas.getContext("2d")
  if (pen === null) return undefined
  pen.fillStyle = "#fff"
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return qualities
    .map((quality) => canvas.toDataURL("image/jpeg", quality).split(",")[1] ?? "")
    .find((base64) => base64 !== "" && base64.length <= mostLetters)
}
