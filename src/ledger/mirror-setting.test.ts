import { describe, expect, test } from "vitest"
import { isS3, parseS3 } from "./mirror-setting.ts"

const access = { secretFile: "/keys/s3", caFile: undefined, lockDays: 30 }

describe("an object store as mirror", () => {
  test.each([
    ["s3+https://s3.example/traces", "https://s3.example", "traces", "", "us-east-1"],
    [
      "s3+https://s3.example:9000/traces/hudun/a/?region=cn-north-1",
      "https://s3.example:9000",
      "traces",
      "hudun/a/",
      "cn-north-1",
    ],
    ["s3+http://127.0.0.1:9000/traces/x", "http://127.0.0.1:9000", "traces", "x/", "us-east-1"],
  ])("%s", (text, origin, bucket, prefix, region) => {
    expect(isS3(text)).toBe(true)
    expect(parseS3(text, access)).toEqual({ kind: "s3", origin, bucket, prefix, region, ...access })
  })

  test.each([
    "s3+https://s3.example",
    "s3+https://id:secret@s3.example/traces",
    "s3+https://s3.example/B",
    "s3+https:///x",
  ])("%s is refused, and not repeated", (text) => {
    expect(() => parseS3(text, access)).toThrow(/^HUDUN_MIRROR is a folder, or s3/)
  })

  test("needs a secret file", () => {
    expect(() => parseS3("s3+https://s3.example/traces", { ...access, secretFile: undefined })).toThrow(
      /SECRET_FILE/,
    )
  })

  test("is not what a folder is", () => {
    expect(["/mnt/mirror", "mirror", "s3/traces", "./s3+https"].map(isS3)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})
