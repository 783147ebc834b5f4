/** The people of a bench: invented, the same for the same seed. Three persons a home, twenty buildings a community. */

import type { RosterEntry } from "../src/lifecycle/store/roster.ts"

export const buildingsPerCommunity = 20
const personsPerHome = 3
const roomsPerFloor = 4

const surnames = Array.from(
  "王王王王李李李李张张张张刘刘刘陈陈陈杨杨赵赵黄黄周周吴吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟",
)
const given = Array.from(
  "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文辉宇浩轩子涵雨欣怡诺晨阳思远嘉豪梓萱俊哲依晓东海波志鹏雪婷婧瑶佳琪",
)

/** Numbers from 0 to 1 that look random and repeat with the seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error("nothing to pick from")
  return item
}

/** `count` persons of community number `community`: no phone twice, one in three with a car. */
export function populate(community: number, count: number): RosterEntry[] {
  const random = randomFrom(7_080 + community)
  return Array.from({ length: count }, (_, index) => {
    const home = Math.floor(index / personsPerHome)
    const place = Math.floor(home / buildingsPerCommunity)
    const floor = Math.floor(place / (2 * roomsPerFloor)) + 1
    const room = (Math.floor(place / 2) % roomsPerFloor) + 1
    return {
      home: {
        building: String((home % buildingsPerCommunity) + 1),
        unit: String((place % 2) + 1),
        room: `${floor}${String(room).padStart(2, "0")}`,
      },
      role: index % personsPerHome === 0 ? ("owner" as const) : ("family" as const),
      company: false,
      facts: {
        name: [`${pick(random, surnames)}${pick(random, given)}${pick(random, given)}`],
        // 7919 has no factor in common with 10^8: every number comes once, the last four digits spread evenly.
        phone: [`139${String(((community * count + index) * 7_919) % 100_000_000).padStart(8, "0")}`],
        ...(index % personsPerHome === 0 ? { plate: [`京A${String(10_000 + (index % 90_000))}`] } : {}),
      },
      doubts: [],
      validFrom: null,
      row: index + 2,
    }
  })
}
