import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { attribute, decodeEscapes, type XmlHandler, XmlScanner } from "./xml.ts"

const document =
  '<?xml version="1.0"?><!-- a > b --><x:sheet><row r="1" note=\'a>b\'><c t="s"/><v>1 &lt; 2 &#x4e00;&#20108;</v>' +
  "<![CDATA[<raw> & kept]]></row ></x:sheet>"

function events(pieces: readonly string[]): string[] {
  const seen: string[] = []
  let text = ""
  const flush = () => {
    if (text !== "") seen.push(text)
    text = ""
  }
  const handler: XmlHandler = {
    open: (name, attributes) => {
      flush()
      seen.push(`<${name}${attributes}`)
    },
    text: (piece) => {
      text += piece
    },
    close: (name) => {
      flush()
      seen.push(`/${name}`)
    },
  }
  const scanner = new XmlScanner(handler)
  for (const piece of pieces) scanner.feed(piece)
  scanner.end()
  return seen
}

describe("XML in pieces", () => {
  it("drops prefixes, comments and instructions, and resolves what stands for characters", () => {
    expect(events([document])).toEqual([
      "<sheet",
      `<row r="1" note='a>b'`,
      '<c t="s"',
      "/c",
      "<v",
      "1 < 2 一二",
      "/v",
      "<raw> & kept",
      "/row",
      "/sheet",
    ])
  })

  it("reads the same wherever it is cut", () => {
    const cuts = fc.array(fc.nat(document.length), { maxLength: 6 })
    fc.assert(
      fc.property(cuts, (places) => {
        const edges = [0, ...places.toSorted((a, b) => a - b), document.length]
        const pieces = edges.slice(1).map((end, index) => document.slice(edges[index], end))
        expect(events(pieces)).toEqual(events([document]))
      }),
    )
  })

  it("is refused with a DTD, with an endless token, or cut off", () => {
    for (const pieces of [["<!DOCTYPE x []>"], ["<a ", " ".repeat(5_000_000)], ["<a", " b="]]) {
      expect(() => events(pieces)).toThrow(expect.objectContaining({ code: "import.file_damaged" }))
    }
  })
})

it.each([
  [' r="A1" t="s"', "t", "s"],
  [" r='A1'", "r", "A1"],
  ['\n r = "A&amp;1"', "r", "A&1"],
  [' r="A1"', "t", undefined],
  [' xt="no"', "t", undefined],
])("of %j the attribute %s is %s", (attributes, name, value) => {
  expect(attribute(attributes, name)).toBe(value)
})

it("characters that XML cannot hold come back from their escapes", () => {
  expect(decodeEscapes("甲_x000D__x000a_乙_y")).toBe("甲\r\n乙_y")
})
