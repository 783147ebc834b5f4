/** Which numbers are somebody's, and what stands around them. Data of the free text guard. Clause 2.9. */

import type { FindingKind } from "./finding.ts"

/** Words that say whose number follows. The nearest before a number wins. */
export const hints: readonly (readonly [kind: FindingKind | "other", words: RegExp])[] = [
  [
    "other",
    /单号|订单|发票|编号|编码|流水|型号|序列|合同|保单|运单|取件|资产|物料|设备|批号|条码|票据|收据|凭证|案号|备案|许可|税号|表号|户号|缴费号|读数|表底|底数|金额|合计|共计|尺寸|规格|版本|图号|固件|参数|验收|货号|商品|批次|验证码|\b[sS][nN]\b|\b[nN][oO]\b|\b[iI][dD]\b|\bIMEI\b|MAC/g,
  ],
  [
    "phone",
    /电话|手机|联系|拨打|拨|致电|来电|回电|回拨|短信|呼叫|打给|打这个|[Tt][Ee][Ll]|[Pp]hone|☎|📞|📱|座机|固话|号码是|找我/gu,
  ],
  ["chat_id", /[qQ]{2}|扣扣|企鹅|微信|威信|薇信|[vV][xX信]|[wW][xX]/g],
  [
    "bank_card",
    /银行卡|卡号|账号|帐号|账户|储蓄卡|信用卡|借记卡|工行|农行|建行|中行|招行|交行|邮储|收款|转账|打款|退款到/g,
  ],
  ["id_number", /身份证|证件号|证号|身份号/g],
  ["door_code", /密\s*码锁?|口令|暗号|开锁码|门码|锁码|门禁码/g],
]

/** What counts a thing and follows its number. */
export const units =
  /^\s{0,2}(?:元|块|度|吨|立方|平米|平方|㎡|千瓦|[kK][wW]|号单|公里|米|毫米|mm|cm|人次|次|小时|分钟|号楼|栋|幢|单元|室|层|年)/

export interface NumberRule {
  readonly kind: FindingKind
  readonly form: RegExp
  /** What must be said before it; undefined: the form says enough. */
  readonly hint?: readonly FindingKind[]
}

/** Tried in this order on the digits of one number. */
export const numberRules: readonly NumberRule[] = [
  {
    kind: "id_number",
    form: /^[1-8]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/,
  },
  {
    kind: "id_number",
    form: /^[1-8]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/,
    hint: ["id_number"],
  },
  { kind: "phone", form: /^(?:(?:00)?86)?1[3-9]\d{9}$/ },
  { kind: "landline", form: /^0(?:10|2\d|[3-9]\d{2})[2-8]\d{6,7}$/ },
  { kind: "bank_card", form: /^\d{15,19}$/, hint: ["bank_card"] },
  { kind: "chat_id", form: /^[1-9]\d{4,10}$/, hint: ["chat_id"] },
  { kind: "landline", form: /^[2-8]\d{6,7}$/, hint: ["phone"] },
  { kind: "door_code", form: /^\d{3,12}$/, hint: ["door_code"] },
]

/** A card that nobody calls a card: the issuer's first digit, and a check digit that fits. */
export const bareCard = /^(?:62|4\d|5[1-5]|35|37)\d{13,17}$/

/** Of a company, not of a person. */
export const serviceNumber = /(?<!\d)[48]00[-\s]?\d{3,4}[-\s]?\d{3,4}(?![-\s]?\d)/g
