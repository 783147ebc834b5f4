/** Names of organisations: not personal, shown unmasked. Only what ends like one and holds no second thing (张三 某某公司) counts. */

const legalForm =
  /(?:有限(?:责任)?公司|股份公司|集团(?:公司)?|分公司|合伙企业(?:\((?:有限|普通)合伙\))?|合作社|事务所|银行|[支分]行|委员会|居委会|业委会|村委会|街道办事处|派出所|管理处)$/

/** Six characters at least: 张三公司 could still be a person and a note. */
const shortest = 6

export function isOrganisation(name: string): boolean {
  const plain = name.normalize("NFKC").trim()
  return (
    Array.from(plain).length >= shortest &&
    /^[\p{Script=Han}A-Za-z0-9()&]+$/u.test(plain) &&
    legalForm.test(plain)
  )
}
