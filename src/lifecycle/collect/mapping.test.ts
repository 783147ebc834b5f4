import { describe, expect, it } from "vitest"
import { Refusal } from "../../base/refusal.ts"
import { regimeV1 } from "../catalogue/regime-v1.ts"
import type { ColumnFate } from "./contract.ts"
import { assertMapping, likeliestSheet, mayTake, proposeMapping } from "./mapping.ts"

const short = (fate: ColumnFate | undefined): string => {
  if (fate?.fate === "take") return fate.target
  return fate?.fate === "forbidden" ? `-${fate.field}` : "."
}
const propose = (header: string, ...rows: string[]) =>
  proposeMapping(
    regimeV1,
    header.split(","),
    rows.map((row) => row.split(",")),
  )
    .map(short)
    .join(" ")

describe("the proposed mapping", () => {
  it.each([
    ["楼栋,单元,房号,姓名,电话", "building unit room name phone"],
    ["幢,梯,室号,产权人,移动电话", "building unit room name phone"],
    ["楼 栋*,单元号,房间（必填）,业主姓名：,手机号码1,手机2", "building unit room name phone phone"],
    ["ＢＵＩＬＤＩＮＧ,unit,room,name,mobile,plate number", "building unit room name phone plate"],
    ["房号,户主,联系方式,车号", "home name phone plate"],
    ["楼栋,房号,客户名称,link,是否迁出,迁出日期", "building room name phone . move_out"],
    ["楼号,单元,房间,称呼,姓名,固定电话,产权证号", "building unit room title name landline title_deed"],
  ])("%s → %s", (header, meanings) => {
    expect(propose(header)).toBe(meanings)
  })

  it.each([
    [
      "工作单位,爱好,QQ,紧急联系人关系,籍贯,民族",
      "-employer -hobby -wechat -emergency_contact -native_place -ethnicity",
    ],
    [
      "政治面貌,婚姻,学历,银行账号,性别,出生日期",
      "-politics -marriage -education -bank_card -sex -birth_date",
    ],
    ["紧急联系人手机,配偶电话,人脸照片,宠物", "-emergency_contact -household -face -pet"],
    ["身份证号,护照号,面积,入住日期", "-id_number -passport -area -move_in_date"],
    ["编号,年龄,备注,楼层,物业费单价,公司", ". . . . . -employer"],
  ])("does not collect %s", (header, meanings) => {
    expect(propose(header)).toBe(meanings)
  })

  it("takes a room that names the whole home for the home", () => {
    expect(propose("楼栋,房号,姓名", "1栋,1-1-101,甲", "1栋,1-1-102,乙")).toBe(". home name")
    expect(propose("楼栋,房号,姓名", "1栋,101,甲", "1栋,1001-1,乙", "1栋,103,丙")).toBe("building room name")
    expect(propose("地址,楼栋,单元,房号,姓名", "某路1号,1,1,101,甲")).toBe(". building unit room name")
  })

  it("lets the values say what a vague name means", () => {
    expect(propose("房号,姓名,类型,状态", "1-1-1,甲,业主,迁出")).toBe("home name role move_out")
    expect(propose("房号,姓名,类型,状态", "1-1-1,甲,住宅,正常")).toBe("home name . .")
  })

  it("takes a contact for the name only when there is no other", () => {
    expect(propose("房号,联系人,联系人电话")).toBe("home name phone")
    expect(propose("房号,业主姓名,联系人,联系人电话")).toBe("home name . phone")
    expect(propose("房号,业主名称,人员类型,联系人,联系人电话")).toBe(
      "home name person_type contact_name contact_phone",
    )
  })

  it("may take what the matrix of moving in allows, nothing else", () => {
    expect(
      ["home", "role", "name", "phone", "plate", "id_number"].map((target) => mayTake(regimeV1, target)),
    ).not.toContain(false)
    expect(["sex", "employer", "face", "nonsense"].map((target) => mayTake(regimeV1, target))).not.toContain(
      true,
    )
  })
})

describe("a mapping chosen by hand", () => {
  const take = (...targets: string[]) => targets.map((target): ColumnFate => ({ fate: "take", target }))
  it.each([
    ["import.no_place", take("name", "building")],
    ["import.no_name", take("home", "phone")],
    ["import.mapping_twice", take("home", "name", "name")],
    ["import.column_forbidden", take("home", "name", "employer")],
  ])("is refused with %s", (code, mapping) => {
    expect(() => assertMapping(regimeV1, mapping)).toThrow(expect.objectContaining({ code }))
    expect(() => assertMapping(regimeV1, mapping)).toThrow(Refusal)
  })

  it("may take several phones, and no ID numbers: they are verified, not kept", () => {
    expect(() => assertMapping(regimeV1, take("home", "name", "phone", "phone"))).not.toThrow()
    expect(() => assertMapping(regimeV1, take("home", "name", "id_number"))).toThrow(Refusal)
    expect(() => assertMapping(regimeV1, take("building", "room", "name"))).not.toThrow()
  })
})

it("the likeliest sheet has names, rows and is not hidden", () => {
  const header = ["楼栋", "单元", "房号", "姓名"]
  const sheets = [
    { hidden: false, rowCount: 0, header },
    { hidden: true, rowCount: 9, header },
    { hidden: false, rowCount: 9, header: header.slice(0, 3) },
    { hidden: false, rowCount: 9, header },
  ]
  expect(likeliestSheet(regimeV1, sheets)).toBe(3)
  expect(likeliestSheet(regimeV1, sheets.slice(0, 2))).toBe(1)
})
