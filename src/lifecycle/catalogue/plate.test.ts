import { describe, expect, it } from "vitest"
import { blank, doubt, fault, ok } from "./parse.fixture.ts"
import { maskPlate, parsePlate, platesOf } from "./plate.ts"

describe("a plate as typed", () => {
  it.each([
    ok("京A12345"),
    ok("京AD12345"),
    ok("粤B12345D"),
    ok("京A·12345", "京A12345"),
    ok("京a-12 345", "京A12345"),
    ok("京Ａ１２３４５", "京A12345"),
    ok("粤Z1234港"),
    ok("京A1234挂"),
    ok("123456使"),
    ok("沪A1234领"),
    ok("WJ京12345"),
    ok("VA12345"),
    ok("京X1234应急"),
    ok("民航A1234"),
    blank("无"),
    blank("无牌"),
    blank("未上牌"),
    doubt("京A1234O", "plate.letter_for_digit", "京A12340"),
    doubt("京AI2345", "plate.letter_for_digit", "京A12345"),
    doubt("京A12345/京B67890", "plate.two_plates"),
    doubt("京A12345、京B67890", "plate.two_plates", "京A12345/京B67890"),
    doubt("京A12345 京B67890", "plate.two_plates", "京A12345/京B67890"),
    doubt("临京A12345", "plate.temporary"),
    doubt("杭州A12345", "plate.local_format"),
    doubt("电动123456", "plate.local_format"),
    fault("A12345", "plate.format"),
    fault("12345", "plate.format"),
    fault("京A1**45", "value.masked"),
    fault("3栋1单元1001", "plate.format"),
    fault("张三", "plate.format"),
  ])("%j", (raw, expected) => {
    expect(parsePlate(raw)).toEqual(expected)
  })
})

describe("masks of plates", () => {
  it.each([
    ["京A12345", "京A1***5"],
    ["粤B12345", "粤B1***5"],
    ["京AD12345", "京AD****5"],
    ["粤Z1234港", "粤Z1***港"],
    ["京A·12345", "京A1***5"],
    ["京A12345/京AD12345", "京A1***5/京AD****5"],
  ])("%s shows %s", (value, shown) => {
    expect(maskPlate(value)).toBe(shown)
  })

  it.each(["", "杭州A12345", "临京A12345", "京A1***5", "12345"])("%j shows nothing", (value) => {
    expect(maskPlate(value)).toBeUndefined()
  })
})

describe("several plates in a value", () => {
  it("are its parts", () => {
    expect(platesOf("京A12345/京AD12345")).toEqual(["京A12345", "京AD12345"])
  })
})
