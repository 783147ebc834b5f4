/** Acts about third parties. */
export const outsideActs = {
  party: {
    enter: "登记第三方合同",
    sign: "签字同意第三方合同",
    refuse: "退回第三方合同",
    end: "提前终止第三方合同",
  },
  sharing: {
    list: "查看对外提供台账",
    left: "登记已对外提供",
    prove: "提交返还或删除证明",
    see_proof: "查看返还或删除证明",
    archive: "确认返还或删除",
    doubt: "退回返还或删除证明",
  },
  authority: {
    list: "查看机关调取记录",
    see_officers: "查看办案人员明文",
    see_paper: "查看法律文书或回执",
    receipt: "登记调取回执",
  },
  statistics: { read: "查看统计", export: "导出统计", release: "生成统计" },
}
