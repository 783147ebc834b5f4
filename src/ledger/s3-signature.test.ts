import { describe, expect, test } from "vitest"
import { encodeS3, queryOf, type S3Request, signedHeaders } from "./s3-signature.ts"

/** The four examples of the Amazon S3 API reference, "Signature Calculations for the Authorization Header". */
const scope = {
  key: { id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" },
  region: "us-east-1",
  now: Date.UTC(2013, 4, 24),
}
const host = "examplebucket.s3.amazonaws.com"
const get: S3Request = { method: "GET", path: "/", query: {}, headers: { host }, body: new Uint8Array(0) }
const examples: readonly [string, S3Request, string][] = [
  [
    "GET Object",
    { ...get, path: "/test.txt", headers: { host, range: "bytes=0-9" } },
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  ],
  [
    "PUT Object",
    {
      method: "PUT",
      path: `/${encodeS3("test$file.text")}`,
      query: {},
      headers: { host, date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" },
      body: new TextEncoder().encode("Welcome to Amazon S3."),
    },
    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  ],
  [
    "GET Bucket Lifecycle",
    { ...get, query: { lifecycle: "" } },
    "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  ],
  [
    "Get Bucket (List Objects)",
    { ...get, query: { prefix: "J", "max-keys": "2" } },
    "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  ],
]

describe("a signature", () => {
  test.each(examples)("is Amazon's for %s", (_name, request, signature) => {
    const { authorization } = signedHeaders(request, scope)
    expect(authorization?.split("Signature=")[1]).toBe(signature)
    expect(authorization).toContain("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request")
  })

  test.each(examples)("is another one when anything of %s is", (_name, request, signature) => {
    const changed: S3Request[] = [
      { ...request, path: `${request.path}x` },
      { ...request, query: { ...request.query, versions: "" } },
      { ...request, headers: { ...request.headers, "if-none-match": "*" } },
      { ...request, body: new TextEncoder().encode("other") },
    ]
    for (const one of changed) expect(signedHeaders(one, scope)["authorization"]).not.toContain(signature)
    const other = { ...scope, key: { ...scope.key, secret: "other" } }
    expect(signedHeaders(request, other)["authorization"]).not.toContain(signature)
  })

  test("needs everything encoded but letters, digits and -._~", () => {
    expect(encodeS3("aZ9-._~ /'()*!")).toBe("aZ9-._~%20%2F%27%28%29%2A%21")
    expect(queryOf({ b: "2 3", a: "" })).toBe("a=&b=2%203")
  })
})
