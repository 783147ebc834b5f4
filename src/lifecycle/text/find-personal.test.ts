import { expect, test } from "vitest"
import { findPersonal } from "./find-personal.ts"
import { maskIn } from "./mask-text.ts"

const found: readonly (readonly [text: string, kind: string, words: string, value: string | null])[] = [
  ["请打13900000001联系", "phone", "13900000001", "13900000001"],
  ["手机一三九零零零零一二三四", "phone", "一三九零零零零一二三四", "13900001234"],
  ["１３９ ００００ １２３４ 下午在", "phone", "１３９ ００００ １２３４", "13900001234"],
  ["139ooool234 找我", "phone", "139ooool234", "13900001234"],
  ["打幺三九-〇〇〇〇-一二三四", "phone", "幺三九-〇〇〇〇-一二三四", "13900001234"],
  ["壹叁玖零零零零壹贰叁肆", "phone", "壹叁玖零零零零壹贰叁肆", "13900001234"],
  ["座机010-62345678", "landline", "010-62345678", "01062345678"],
  ["身份证11010119900307 1234", "id_number", "11010119900307 1234", "110101199003071234"],
  ["收款卡号6222 0212 3456 7890 123", "bank_card", "6222 0212 3456 7890 123", "6222021234567890123"],
  ["京A·12345 挡路", "plate", "京A·12345", "京A12345"],
  ["微信 abc_12345", "chat_id", "abc_12345", "abc_12345"],
  ["QQ 123456789", "chat_id", "123456789", "123456789"],
  ["开门密码是 8 8 6 6 #", "door_code", "8 8 6 6", "8866"],
  ["钥匙放在门口地垫下", "door_code", "钥匙放在门口地垫下", null],
  ["我妈有糖尿病", "health", "糖尿病", null],
  ["他在吃感冒药", "health", "吃感冒药", null],
  ["我叫王小明", "name", "王小明", null],
  ["王小明先生的车", "name", "王小明", null],
]

test.each(found)("%s: finds a %s", (text, kind, words, value) => {
  expect(
    findPersonal(text).map((one) => [one.kind, text.slice(one.start, one.end), one.value]),
  ).toContainEqual([kind, words, value])
})

test.each([
  "厨房水龙头漏水，请下午上门",
  "订单号13912345678",
  "3栋1单元1001",
  "读数13800.5度",
  "合同编号XJ13900001234",
  "叫外卖的堵在门口",
  "火药味很重，芍药居那边也闻得到",
  "水龙头有毛病",
  "客服热线400-891-6616打不通",
  "电话139****0001",
])("%s: finds nothing", (text) => {
  expect(findPersonal(text)).toEqual([])
})

test("what is masked is not found again, and the sentence stays", () => {
  const text = "请打13900000001，门锁密码123456"
  const masked = maskIn(text, findPersonal(text))
  expect(masked).toBe("请打139****0001，门锁密码***")
  expect(findPersonal(masked)).toEqual([])
})
