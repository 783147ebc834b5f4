/** The legal ground of a purpose as people read it. A ground that is not known is shown as it is written. */

const chinese: Readonly<Record<string, string>> = {
  "PIPL 13(1) consent": "个人信息保护法第十三条第一项（本人同意）",
  "PIPL 13(2) contract": "个人信息保护法第十三条第二项（履行合同所必需）",
  "PIPL 13(3) legal duty": "个人信息保护法第十三条第三项（法定职责或义务）",
  "PIPL 26 public security": "第二十六条（维护公共安全）",
  "PIPL 29 separate consent": "第二十九条（单独同意）",
}

export function basisIn(language: string, basis: string): string {
  if (language === "en") return basis
  return basis
    .split("; ")
    .map((one) => chinese[one] ?? one)
    .join("；")
}
