import { describe, expect, it } from "vitest"
import { isOrganisation } from "./organisation.ts"
import { blank, doubt, fault, ok } from "./parse.fixture.ts"
import { formOfAddress, maskName, parseName, personsOf, surnameOf } from "./person-name.ts"

describe("a name as typed", () => {
  it.each([
    ok("张三"),
    ok("张 三", "张三"),
    ok("张\u3000三", "张三"),
    ok("欧阳 修", "欧阳修"),
    ok("欧阳娜娜"),
    ok("𠮷田"),
    ok("扎西次仁"),
    ok("阿卜杜拉·买买提"),
    ok("买买提•艾山", "买买提·艾山"),
    ok("买买提.艾山", "买买提·艾山"),
    ok("买买提・艾山", "买买提·艾山"),
    ok("John Smith"),
    ok("O'Neil"),
    ok("Vincent van der Berg"),
    ok("José Müller-Lüdenscheidt"),
    ok("김철수"),
    ok("和珅"),
    ok("深圳市某某物业管理有限公司"),
    blank(""),
    blank(" - "),
    blank("/"),
    doubt("张三/李四", "name.several_persons"),
    doubt("张三、李四", "name.several_persons", "张三/李四"),
    doubt("张三,李四", "name.several_persons", "张三/李四"),
    doubt("张三\n李四", "name.several_persons", "张三/李四"),
    doubt("张三丰 李四", "name.several_persons", "张三丰/李四"),
    doubt("张三丰和李四", "name.several_persons", "张三丰/李四"),
    doubt("张三(妻)", "name.several_persons"),
    doubt("张三（租客）", "name.several_persons", "张三(租客)"),
    doubt("张三(已售)", "name.note"),
    doubt("无", "name.junk"),
    doubt("未知", "name.junk"),
    doubt("空置", "name.junk"),
    doubt("业主", "name.junk"),
    doubt("先生", "name.junk"),
    doubt("1", "name.junk"),
    doubt("13900001234", "name.junk"),
    doubt("xxx", "name.junk"),
    doubt("张先生", "name.title_only"),
    doubt("欧阳女士", "name.title_only"),
    doubt("张", "name.too_short"),
    doubt("张**", "name.masked"),
    doubt("张某某", "name.masked"),
    doubt("张?", "name.lost_character"),
    doubt("张三1", "name.odd_characters"),
    doubt("陈大文 CHAN Tai Man", "name.odd_characters"),
    fault("张".repeat(61), "value.too_long"),
    fault("(妻)", "name.unreadable"),
  ])("%j", (raw, expected) => {
    expect(parseName(raw)).toEqual(expected)
  })
})

describe("masks of names", () => {
  it.each([
    ["张", "*"],
    ["张三", "张*"],
    ["张三丰", "张**"],
    ["欧阳", "欧*"],
    ["欧阳修", "欧阳*"],
    ["司马相如", "司马**"],
    ["欧阳娜娜", "欧阳**"],
    ["张李某某", "张**"],
    ["𠮷田", "𠮷*"],
    ["扎西次仁", "扎***"],
    ["阿卜杜拉·买买提", "阿**·**"],
    ["买买提·艾山·某某", "买**·**·**"],
    ["John Smith", "J*** S****"],
    ["O'Neil", "O****"],
    ["Christopher Li", "C**** *"],
    ["张三/李四", "张*/李*"],
    ["张三(妻)", "张*"],
    ["张先生", "张**"],
    ["某某物业管理有限公司", "某某物业管理有限公司"],
  ])("%s shows %s", (value, shown) => {
    expect(maskName(value)).toBe(shown)
  })

  it.each(["", "1", "张三1", "张**", "陈大文 CHAN", "김철수"])("%j shows nothing", (value) => {
    expect(maskName(value)).toBeUndefined()
  })
})

describe("organisations", () => {
  it.each(["某某物业管理有限公司", "深圳某某(集团)股份有限公司", "某某花园业委会委员会", "某某银行某某支行"])(
    "%s is one",
    (name) => {
      expect(isOrganisation(name)).toBe(true)
    },
  )

  it.each([
    "张三",
    "张三公司",
    "张三 某某物业有限公司",
    "张三(某某物业有限公司)",
    "张三/某某物业有限公司",
    "张三子女在某某小学",
  ])("%s may hide a person", (name) => {
    expect(isOrganisation(name)).toBe(false)
  })
})

describe("persons of a value", () => {
  it("come without their notes", () => {
    expect(personsOf("张三(夫)/李四(妻)")).toEqual(["张三", "李四"])
  })
})

describe("surnames and forms of address", () => {
  it.each([
    ["张三", "张"],
    ["欧阳修", "欧阳"],
    ["欧阳", "欧"],
    ["张先生", "张"],
    ["欧阳女士", "欧"],
    ["阿卜杜拉·买买提", "阿"],
    ["John Smith", "Smith"],
    ["", ""],
  ])("the surname of %j is %j", (name, surname) => {
    expect(surnameOf(name)).toBe(surname)
  })

  it("say no more than the surname and the sex", () => {
    expect(formOfAddress("张三", "男")).toBe("张先生")
    expect(formOfAddress("欧阳修")).toBe("欧阳先生/女士")
  })
})
