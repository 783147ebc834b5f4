/** Purpose × field, version 1. What is not listed is forbidden. Clause 2.3. */

import type { Words } from "./field.ts"
import type { Cell, MatrixRow, StartingPurpose } from "./regime-shape.ts"

const required: Cell = { rule: "required" }
const optional: Cell = { rule: "optional" }

const standIn: Words = { "zh-CN": "可代替手机", en: "in place of a mobile phone" }
const verifyOnly: Words = { "zh-CN": "核验不留存", en: "verified, not kept" }
const verify: Words = { "zh-CN": "核验", en: "for verification" }
const ownRecord: Words = { "zh-CN": "服务本身的记录", en: "the record of the service itself" }
const document: Words = { "zh-CN": "依文书", en: "as far as the written request says" }

const landline: Cell = { rule: "optional", note: standIn }
const byDocument: Cell = { rule: "optional", note: document }

export const matrixV1: Readonly<Record<StartingPurpose, MatrixRow>> = {
  handover: {
    name: required,
    title: optional,
    phone: required,
    landline,
    home: required,
    id_number: { rule: "forbidden", note: verifyOnly },
    title_deed: required,
  },
  move_in: {
    name: required,
    title: optional,
    phone: required,
    landline,
    home: required,
    id_number: { rule: "optional", note: verify },
    title_deed: required,
    plate: optional,
  },
  repair: {
    title: {
      rule: "optional",
      note: { "zh-CN": "只要称呼，不要姓名", en: "a form of address, not the name" },
    },
    phone: required,
    landline,
    home: required,
    repair: { rule: "required", note: ownRecord },
  },
  fee: {
    phone: { rule: "optional", note: { "zh-CN": "收据", en: "for the receipt" } },
    landline,
    home: required,
    bank_card: {
      rule: "optional",
      note: { "zh-CN": "托收，单独同意", en: "direct debit, separate consent" },
    },
    location: { rule: "optional", note: { "zh-CN": "仅代缴时", en: "only while paying for another" } },
    fee: { rule: "required", note: ownRecord },
  },
  parking: { name: required, title: optional, phone: required, landline, home: required, plate: required },
  gate: {
    name: required,
    title: optional,
    phone: optional,
    landline,
    home: required,
    household: optional,
    face: {
      rule: "optional",
      note: { "zh-CN": "单独同意，且有替代方式", en: "separate consent, and another way in" },
    },
  },
  complaint: {
    name: optional,
    title: optional,
    phone: required,
    landline,
    home: optional,
    complaint: { rule: "required", note: ownRecord },
  },
  elder_care: {
    name: required,
    title: optional,
    phone: required,
    landline,
    home: required,
    household: optional,
    emergency_contact: optional,
    health: optional,
  },
  greeting: { name: optional, title: optional, phone: optional, landline },
  renovation: {
    name: required,
    title: optional,
    phone: required,
    landline,
    home: required,
    title_deed: optional,
    emergency_contact: { rule: "optional", note: { "zh-CN": "施工负责人", en: "the builder in charge" } },
  },
  owners_meeting: {
    name: required,
    title: optional,
    phone: optional,
    landline,
    home: required,
    id_number: { rule: "optional", note: verify },
    title_deed: { rule: "required", note: { "zh-CN": "面积", en: "the floor area" } },
    area: required,
  },
  authority_assist: {
    name: byDocument,
    title: byDocument,
    phone: byDocument,
    landline: byDocument,
    home: byDocument,
    id_number: byDocument,
    household: byDocument,
    employer: byDocument,
  },
}
