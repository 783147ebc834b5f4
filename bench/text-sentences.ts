/** Invented sentences with and without personal matter, by a seed. Knows nothing of the detector: words and templates are its own. Clause 2.9. */

import type { FindingKind } from "../src/lifecycle/text/finding.ts"
import { type Draw, number, pick } from "./text-draw.ts"
import { harmless } from "./text-harmless.ts"

export type Style = "plain" | "obfuscated" | "harmless"

export interface Sentence {
  readonly text: string
  readonly style: Style
  /** What it holds, if anything. */
  readonly kind: FindingKind | null
}

/** Mulberry32. */
function drawFrom(seed: number): Draw {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const matters = [
  "厨房水龙头一直滴水",
  "主卧空调不制冷",
  "楼道灯坏了三天",
  "马桶堵了",
  "阳台地漏返味",
  "入户门关不严",
  "对讲机没有声音",
  "电梯里有异响",
  "车位被别人占了",
  "楼上半夜拖椅子",
  "快递柜打不开",
  "地库漏水滴到车上",
  "洗衣房跳闸",
  "燃气灶打不着火",
  "墙面渗水发霉",
  "小区路灯不亮",
]
const requests = [
  "请尽快处理",
  "麻烦下午两点以后上门",
  "周末都在家",
  "请先打个招呼再来",
  "能不能今天修好",
  "谢谢",
  "着急，等着用水",
  "上次修过没好",
]

const phone = (draw: Draw) =>
  `1${pick(draw, ["39", "38", "50", "77", "86", "91", "65"])}0000${number(draw, 4)}`

function identity(draw: Draw): string {
  const month = String(1 + Math.floor(draw() * 12)).padStart(2, "0")
  const day = String(1 + Math.floor(draw() * 28)).padStart(2, "0")
  return `${pick(draw, ["110101", "320583", "440305", "510107"])}${1940 + Math.floor(draw() * 75)}${month}${day}${number(draw, 3)}${pick(draw, Array.from("0123456789X"))}`
}

const plateOf = (draw: Draw) =>
  `${pick(draw, Array.from("京沪苏浙粤川鄂鲁湘闽"))}${pick(draw, Array.from("ABCDEFGH"))}${pick(draw, ["", "D"])}${number(draw, 4)}${pick(draw, Array.from("0123456789KTZ"))}`
const idOf = (draw: Draw) =>
  `${pick(draw, ["sunny_", "lao", "xiaoyu-", "mimi", "ok_bear", "qiuqiu"])}${number(draw, 4)}`
const names = [
  "王秀英",
  "李建国",
  "张敏",
  "刘洋",
  "陈桂兰",
  "杨帆",
  "赵小曼",
  "黄志强",
  "周婷婷",
  "吴磊",
  "徐丽华",
  "孙浩然",
  "马晓东",
  "朱琳",
  "胡一凡",
  "欧阳雪",
  "郭子轩",
  "何静怡",
  "高翔",
  "罗玉珍",
]

const carriers: Readonly<Record<FindingKind, readonly string[]>> = {
  phone: [
    "联系电话VALUE",
    "打VALUE就行",
    "我的手机号VALUE",
    "来之前拨VALUE",
    "有事找VALUE",
    "留个号VALUE",
    "家里老人的号码是VALUE",
    "VALUE，随时可以打",
  ],
  landline: ["家里座机VALUE", "也可以打固定电话VALUE", "办公室电话VALUE", "单位的是VALUE，白天接"],
  id_number: ["身份证号VALUE", "办卡用的证件VALUE", "登记的是VALUE", "我身份证VALUE可以核对"],
  bank_card: ["退款退到银行卡VALUE", "卡号VALUE", "押金请打到建行VALUE", "账号是VALUE"],
  plate: ["车牌VALUE", "挡路的是VALUE", "VALUE停在我车位上", "我的车VALUE"],
  chat_id: ["微信号VALUE", "加我微信VALUE", "微信VALUE发照片", "可以加wx:VALUE"],
  door_code: [
    "门锁密码VALUE",
    "家里没人，开门密码VALUE",
    "进门的密码是VALUE",
    "密码锁VALUE，直接进",
    "单元门密码VALUE#",
  ],
  health: [
    "家里老人有VALUE，请轻一点",
    "我妈VALUE，受不了噪音",
    "孩子VALUE，怕灰",
    "我爱人VALUE在家休养",
    "因为VALUE行动不便",
  ],
  name: [
    "我叫VALUE",
    "姓名：VALUE",
    "联系人VALUE",
    "找VALUE就行",
    "我是业主VALUE先生",
    "户主是VALUE，不常住",
    "名字叫VALUE",
  ],
}

const conditions = [
  "高血压",
  "糖尿病",
  "心脏病",
  "抑郁症",
  "肺炎刚好",
  "做过心脏搭桥",
  "在做化疗",
  "尿毒症透析",
  "骨折了",
  "怀孕五个月",
  "哮喘",
  "中风后遗症",
  "肝癌晚期",
  "在吃降压药",
  "每天打胰岛素",
  "吃着厄贝沙坦",
  "服用瑞舒伐他汀",
  "阿尔茨海默病",
  "帕金森",
  "癫痫",
  "刚做完手术",
  "刚出院",
  "类风湿关节炎",
  "皮肤病",
  "幽闭恐惧症",
  "甲状腺结节",
  "脑梗",
  "视力残疾",
  "肾病综合征",
  "乳腺肿瘤",
]

function valueOf(draw: Draw, kind: FindingKind): string {
  const makers: Readonly<Record<FindingKind, () => string>> = {
    phone: () => phone(draw),
    landline: () =>
      pick(draw, [
        `010-6${number(draw, 7)}`,
        `0512-6${number(draw, 7)}`,
        `021-5${number(draw, 7)}`,
        `0755-8${number(draw, 7)}`,
      ]),
    id_number: () => identity(draw),
    bank_card: () => `622202${number(draw, 13)}`,
    plate: () => plateOf(draw),
    chat_id: () => idOf(draw),
    door_code: () => number(draw, pick(draw, [4, 6, 6, 8])),
    health: () => pick(draw, conditions),
    name: () => pick(draw, names),
  }
  return makers[kind]()
}

type Twist = (draw: Draw, value: string) => string

const spoken = "零一二三四五六七八九"
const formal = "零壹贰叁肆伍陆柒捌玖"
const inWords = (row: string) => (_draw: Draw, value: string) =>
  value.replace(/\d/g, (digit) => row.charAt(Number(digit)))
const wide: Twist = (_draw, value) =>
  value.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
const grouped =
  (by: string): Twist =>
  (_draw, value) =>
    value.replace(/(\d{3,4})(?=\d{4}(?:\d{4})*$)/g, `$1${by}`).replace(/(\d{4})(?=\d{4})/g, `$1${by}`)
const spaced: Twist = (_draw, value) => Array.from(value).join(" ")
const letters: Twist = (_draw, value) => value.replace(/0/g, "o")
const ells: Twist = (_draw, value) => value.replace(/1/g, "l")
const mixed: Twist = (draw, value) =>
  value.replace(/\d/g, (digit) => (draw() < 0.4 ? spoken.charAt(Number(digit)) : digit))
const hidden: Twist = (_draw, value) => Array.from(value).join("\u200b")
const yao: Twist = (_draw, value) => inWords("〇幺二三四五六七八九")(_draw, value)
const dashedWords: Twist = (draw, value) =>
  `${inWords(spoken)(draw, value.slice(0, 3))}-${inWords(spoken)(draw, value.slice(3))}`

const numeric: readonly Twist[] = [
  inWords(spoken),
  inWords(formal),
  wide,
  grouped(" "),
  grouped("-"),
  spaced,
  mixed,
  hidden,
  yao,
  dashedWords,
]
const twists: Readonly<Record<FindingKind, readonly Twist[]>> = {
  phone: [...numeric, letters, ells, grouped(".")],
  landline: [
    wide,
    (_draw, value) => value.replace("-", " "),
    (_draw, value) => value.replace(/(\d{3,4})-/, "($1)"),
    inWords(spoken),
    mixed,
  ],
  id_number: [wide, spaced, grouped(" "), hidden, mixed],
  bank_card: [wide, grouped(" "), grouped("-"), spaced, mixed],
  plate: [
    wide,
    spaced,
    (_draw, value) => `${value.slice(0, 2)}·${value.slice(2)}`,
    (_draw, value) => `${value.slice(0, 2)}-${value.slice(2)}`,
    (_draw, value) => value.toLowerCase(),
    inWords(spoken),
  ],
  chat_id: [wide, (_draw, value) => ` ${value}`, (_draw, value) => `：“${value}”`],
  door_code: [inWords(spoken), wide, spaced, yao, mixed],
  health: [],
  name: [(_draw, value) => Array.from(value).join(" "), (_draw, value) => Array.from(value).join("·")],
}
const altered: Readonly<Partial<Record<FindingKind, readonly string[]>>> = {
  chat_id: ["加个v信VALUE", "vx VALUE", "薇信VALUE", "威信号：VALUE", "V X：VALUE"],
  phone: ["电话VALUE", "号码 VALUE", "打这个VALUE", "记一下VALUE", "VALUE 夜里也接"],
}

function holding(draw: Draw, kind: FindingKind, style: "plain" | "obfuscated"): Sentence {
  const value = valueOf(draw, kind)
  const twisted = style === "plain" ? value : pick(draw, twists[kind])(draw, value)
  const carrier = pick(
    draw,
    style === "plain" ? carriers[kind] : [...carriers[kind], ...(altered[kind] ?? [])],
  )
  const said = carrier.replace("VALUE", twisted)
  return { text: `${pick(draw, matters)}，${said}，${pick(draw, requests)}`, style, kind }
}

function without(draw: Draw): Sentence {
  const text = `${pick(draw, matters)}，${pick(draw, harmless)(draw)}，${pick(draw, requests)}`
  return { text, style: "harmless", kind: null }
}

const kinds = Object.keys(carriers).flatMap((code) =>
  Object.entries({
    phone: 4,
    landline: 1,
    id_number: 2,
    bank_card: 1,
    plate: 2,
    chat_id: 1,
    door_code: 2,
    health: 2,
    name: 2,
  }).flatMap(([kind, weight]) => (kind === code ? Array.from({ length: weight }, () => kind) : [])),
)

function isKind(word: string): word is FindingKind {
  return word in carriers
}

/** A third of each style. */
export function makeSentences(seed: number, count: number): Sentence[] {
  const draw = drawFrom(seed)
  const plain = kinds.filter(isKind)
  const twistable = plain.filter((kind) => twists[kind].length > 0)
  return Array.from({ length: count }, (_, at) => {
    if (at % 3 === 0) return holding(draw, pick(draw, plain), "plain")
    if (at % 3 === 1) return holding(draw, pick(draw, twistable), "obfuscated")
    return without(draw)
  })
}
