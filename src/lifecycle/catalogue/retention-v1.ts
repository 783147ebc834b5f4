/** How long each kind is kept, from which event, version 1. Clause 5.1. */

import type { Retention, RetentionTrigger } from "./regime-shape.ts"

const year = 365

type Row = readonly [
  code: string,
  zh: string,
  en: string,
  trigger: RetentionTrigger,
  days: number | null,
  atEnd: Retention["atEnd"],
  frozenDays?: number,
]

const rows: readonly Row[] = [
  [
    "basic",
    "迁出后 90 天，冻结 3 年（诉讼时效），到期销毁",
    "90 days after leaving, frozen 3 years (limitation), then destroyed",
    "residence_end",
    90,
    "destroy",
    3 * year,
  ],
  [
    "order",
    "工单关闭后 2 年销毁",
    "2 years after the order closed, then destroyed",
    "order_closed",
    2 * year,
    "destroy",
  ],
  [
    "fee_ledger",
    "缴费账 30 年，去掉个人后保存（会计档案）",
    "30 years with the person taken out (accounting)",
    "record_made",
    30 * year,
    "pseudonymise",
  ],
  ["gate_event", "通行后 30 天销毁", "30 days after the passage", "event", 30, "destroy"],
  ["vehicle_event", "出入后 90 天销毁", "90 days after the passage", "event", 90, "destroy"],
  ["cctv", "录像 30 天后覆盖", "Overwritten after 30 days", "event", 30, "destroy"],
  ["visitor", "来访后 30 天销毁", "30 days after the visit", "event", 30, "destroy"],
  [
    "face",
    "只存在设备内，迁出当天删除",
    "On the device only, deleted on the day of leaving",
    "residence_end",
    0,
    "destroy",
  ],
  [
    "service_moment",
    "服务完成即删除",
    "Deleted as soon as the service is done",
    "service_done",
    0,
    "destroy",
  ],
  ["consent", "撤回同意即删除", "Deleted when consent is withdrawn", "consent_end", 0, "destroy"],
  [
    "consent_receipt",
    "处理结束后 3 年",
    "3 years after the processing ended",
    "consent_end",
    3 * year,
    "destroy",
  ],
  [
    "processing_record",
    "影响评估、处理与提供记录 3 年",
    "Assessments, processing and sharing records: 3 years",
    "record_made",
    3 * year,
    "destroy",
  ],
  [
    "access_log",
    "留痕骨架（无明文）长期保存，不少于 6 个月",
    "Traces without plaintext: for ever, at least 6 months",
    "record_made",
    null,
    "keep",
  ],
  [
    "training",
    "培训与保密协议：离职后 5 年",
    "Training and agreements: 5 years after leaving the company",
    "staff_left",
    5 * year,
    "destroy",
  ],
  [
    "destruction_certificate",
    "销毁证明永久保存",
    "Destruction certificates: for ever",
    "record_made",
    null,
    "keep",
  ],
  [
    "paper_form",
    "纸质登记表：迁出后 3 年监销",
    "Paper forms: 3 years after leaving, destroyed before witnesses",
    "residence_end",
    3 * year,
    "destroy",
  ],
  ["not_collected", "不收集", "Not collected", "never_collected", 0, "destroy"],
]

export const retentionV1: readonly Retention[] = rows.map(
  ([code, zh, en, trigger, days, atEnd, frozenDays = 0]) => ({
    code,
    label: { "zh-CN": zh, en },
    trigger,
    days,
    frozenDays,
    atEnd,
  }),
)
