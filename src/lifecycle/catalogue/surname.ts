/** Surnames: how many characters of a Han name may stand unmasked. */

/** Of two characters, as in the Hundred Family Surnames and its usual additions. */
const compound: ReadonlySet<string> = new Set(
  (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 " +
    "仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 " +
    "段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 第五"
  ).split(" "),
)

/** Words that Tibetan given names begin with: such a name has no surname. */
const tibetan: ReadonlySet<string> = new Set(
  (
    "扎西 次仁 达瓦 尼玛 平措 旺堆 洛桑 丹增 格桑 卓玛 央金 仁青 索朗 多吉 巴桑 拉姆 白玛 强巴 贡嘎 普布 边巴 米玛 拉巴 其美 " +
    "德吉 罗布 顿珠 阿旺 土登 加央 才让 桑杰 华旦 旦增 旦巴 江白 次旦 次旺 群培 益西 嘎玛 仓决 曲珍 云丹 晋美 桑珠 赤列 旺姆 洛追"
  ).split(" "),
)

/** 欧阳 of 欧阳修; the first character of everybody else, 欧阳 included when that is the whole name. */
export function hanSurname(name: string): string {
  const letters = Array.from(name)
  const two = letters.slice(0, 2).join("")
  return letters.length > 2 && compound.has(two) ? two : (letters[0] ?? "")
}

export function isTibetan(name: string): boolean {
  const letters = Array.from(name)
  return letters.length > 3 && tibetan.has(letters.slice(0, 2).join(""))
}
