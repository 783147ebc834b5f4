/**
 * The households of the demonstration community: synthetic to the last digit, the same ones for the same seed. Names are
 * drawn from lists, phones lie in the ranges 1x90000xxxx and the like, plates carry a letter no town uses; there are no
 * ID numbers. Clause 4.13.
 */

import type { RosterEntry } from "./roster.ts"

type Entry = Omit<RosterEntry, "row">
type Role = Entry["role"]

/** Buildings of different shapes; 1,200 homes in all. */
const buildings = [
  { units: 3, floors: 25, homes: 2 },
  { units: 3, floors: 25, homes: 2 },
  { units: 2, floors: 30, homes: 3 },
  { units: 2, floors: 30, homes: 3 },
  { units: 2, floors: 25, homes: 3 },
  { units: 2, floors: 25, homes: 3 },
  { units: 5, floors: 6, homes: 4 },
  { units: 5, floors: 6, homes: 4 },
] as const

/** The most frequent first, and as often as they come. */
const surnames = Array.from(
  "王王王王李李李李张张张张刘刘刘陈陈陈杨杨赵赵黄黄周周吴吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文",
)
const compoundSurnames = ["欧阳", "司马", "诸葛", "上官", "司徒", "东方", "夏侯", "皇甫", "慕容", "令狐"]
const given = Array.from(
  "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文辉宇浩轩子涵雨欣怡诺晨阳思远嘉豪梓萱俊哲依然晓东海波志鹏雪婷婧瑶佳琪振山春燕立新长青云飞",
)
/** Characters that older systems turn into a question mark. */
const rare = Array.from("䶮㛃𬭎𠮷𬀩㻏")
const parted = [
  "买买提·艾山",
  "阿依古丽·买买提江",
  "古丽娜尔·吐尔逊",
  "阿卜杜拉·买买提",
  "迪力夏提·阿布都",
  "热依汗·卡德尔",
  "帕尔哈提·玉素甫",
  "古丽巴哈尔·依明",
]
const trades = [
  "星河",
  "远山",
  "青禾",
  "恒信",
  "百川",
  "晨光",
  "明德",
  "和顺",
  "启航",
  "万象",
  "长风",
  "云帆",
]

/** The ranges that testers use; ten thousand numbers each. */
const phoneRanges = ["1390000", "1380013", "1370000", "1590000", "1880000", "1990000"]

type Random = () => number

/** About 2,000 persons in 1,200 homes of 8 buildings, in the order of homes. Values are canonical. */
export function demonstrationRoster(seed = 1): RosterEntry[] {
  const random = seeded(seed)
  const maker = new Maker(random)
  const entries = homes().flatMap((home, index) => maker.household(home, index))
  return entries.map((entry, index) => ({ ...entry, row: index + 2 }))
}

function homes(): Array<Entry["home"]> {
  return buildings.flatMap(({ units, floors, homes: perFloor }, building) =>
    upTo(units).flatMap((unit) =>
      upTo(floors).flatMap((floor) =>
        upTo(perFloor).map((home) => ({
          building: String(building + 1),
          unit: String(unit),
          room: String(floor * 100 + home),
        })),
      ),
    ),
  )
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1)
}

interface Someone {
  readonly name: string
  readonly phones: readonly string[]
  readonly plates: readonly string[]
}

class Maker {
  readonly #random: Random
  #phones = 0
  #plates = 0
  #firms = 0
  /** Owned a home before: every sixtieth home is somebody's second one. */
  #earlier: Someone | undefined

  constructor(random: Random) {
    this.#random = random
  }

  household(home: Entry["home"], index: number): Entry[] {
    if (index % 100 === 99) return [this.#firm(home)]
    const second = index % 60 === 59 ? this.#earlier : undefined
    const owner = second ?? this.#someone(this.#name(index))
    if (index % 60 === 30) this.#earlier = owner
    const others = this.#others(owner)
    return [entryOf(home, "owner", owner), ...others.map(([role, one]) => entryOf(home, role, one))]
  }

  /** Who lives there besides the owner; nobody's name twice in one home. */
  #others(owner: Someone): Array<[Role, Someone]> {
    const chance = this.#random()
    const roles: readonly Role[] =
      chance < 0.14
        ? ["tenant"]
        : chance < 0.3
          ? ["co_owner"]
          : chance < 0.46
            ? ["family"]
            : chance < 0.52
              ? ["co_owner", "family"]
              : []
    const names = new Set([owner.name])
    return roles.map((role) => {
      let name = this.#plainName()
      while (names.has(name)) name = this.#plainName()
      names.add(name)
      const isChild = role === "family" && this.#random() < 0.5
      return [role, isChild ? { name, phones: owner.phones.slice(0, 1), plates: [] } : this.#someone(name)]
    })
  }

  #firm(home: Entry["home"]): Entry {
    const trade = trades[this.#firms % trades.length] ?? ""
    this.#firms += 1
    const firm = { name: `演示${trade}商贸有限公司`, phones: [this.#phone()], plates: [] }
    return { ...entryOf(home, "owner", firm), company: true }
  }

  #someone(name: string): Someone {
    const phones = [this.#phone()]
    if (this.#random() < 0.03) phones.push(this.#phone())
    const cars = this.#random()
    return { name, phones, plates: upTo(cars < 0.03 ? 2 : cars < 0.38 ? 1 : 0).map(() => this.#plate()) }
  }

  /** Mostly plain; each kind of uncommon name often enough to meet. */
  #name(index: number): string {
    if (index % 75 === 20) return this.#pick(compoundSurnames) + this.#given()
    if (index % 150 === 42) return parted[Math.floor(index / 150) % parted.length] ?? ""
    if (index % 120 === 66) return this.#pick(surnames) + this.#pick(rare)
    return this.#plainName()
  }

  #plainName(): string {
    return this.#pick(surnames) + this.#given()
  }

  #given(): string {
    return this.#random() < 0.22 ? this.#pick(given) : this.#pick(given) + this.#pick(given)
  }

  /** Each one once, and each with last four digits of its own. */
  #phone(): string {
    const turn = this.#phones
    this.#phones += 1
    const range = phoneRanges[turn % phoneRanges.length] ?? ""
    return range + String(1000 + ((turn * 7919 + 1234) % 9000))
  }

  /** Every fifth car is electric. */
  #plate(): string {
    const turn = this.#plates
    this.#plates += 1
    if (turn % 5 === 4) return `京ZD${String(10_001 + ((turn * 6007) % 89_989))}`
    return `京Z${String(10_003 + ((turn * 7013) % 89_989))}`
  }

  #pick(list: readonly string[]): string {
    return list[Math.floor(this.#random() * list.length)] ?? ""
  }
}

function entryOf(home: Entry["home"], role: Role, { name, phones, plates }: Someone): Entry {
  const facts = { name: [name], phone: phones, ...(plates.length > 0 ? { plate: plates } : {}) }
  return { home, role, company: false, facts, doubts: [], validFrom: null }
}

/** Mulberry32: small, and the same everywhere. Not for secrets. */
function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
