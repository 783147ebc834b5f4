/** How somebody stands to a home, in the words and codes of rosters. */

export const residenceRoles = ["owner", "co_owner", "tenant", "family", "staff", "other"] as const
export type ResidenceRole = (typeof residenceRoles)[number]

/** Words of property companies; 1001 and 1002, 1 to 4 and 99 are codes of HC小区. */
const words: Readonly<Record<ResidenceRole, RegExp>> = {
  co_owner: /^(共有人|共有产权人|共有业主|联名业主|co-?owner)$/i,
  owner: /^(业主|户主|产权人|房主|本人|业主本人|1001|1|owner)$/i,
  tenant: /^(租客|租户|承租人|租赁户?|房客|2|tenant|renter)$/i,
  family:
    /^(家庭成员|家属|业主家属|成员|同住人|亲属|配偶|夫妻|丈夫|妻子?|夫|子女?|女|儿子|女儿|父亲?|母亲?|父母|岳父|岳母|公公|婆婆|媳妇|女婿|孙子女?|孙女|外孙女?|兄弟|姐妹|兄|弟|姐|妹|1002|3|family( member)?)$/i,
  staff: /^(公司员工|员工|职员|4|staff|employee)$/i,
  other: /^(其他|其它|99|other)$/i,
}

/** The role a cell names; undefined when it names none. */
export function roleOf(cell: string): ResidenceRole | undefined {
  const word = cell.normalize("NFKC").trim()
  return residenceRoles.find((role) => words[role].test(word))
}

/** 2003 is the code of HC小区 for somebody who has moved out, 1 in `status_cd` for a deleted row. */
const movedOut = /^(2003|已?迁出|已?搬(离|走|出)|已?退(租|房|住)|已?离开|已?卖出|已?删除|moved out)$/i

export function saysMovedOut(cell: string): boolean {
  return movedOut.test(cell.normalize("NFKC").trim())
}

/** Whether an organisation stands in the row, not a person: C or 公司 in the column "人员类型". */
export function isOrganisation(cell: string): boolean {
  return /^(c|公司|企业|单位|company)$/i.test(cell.normalize("NFKC").trim())
}
