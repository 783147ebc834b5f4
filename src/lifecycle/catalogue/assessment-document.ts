/** The assessment on paper: headings, questions and answers, signatures. Clause 2.11. */

import type { PdfDocument } from "../../platform/pdf.ts"
import type { AssessmentDetail } from "./assessment-contract.ts"
import { fieldOf, type Words } from "./field.ts"

export type Language = "zh-CN" | "en"

interface Said {
  readonly heading: string
  readonly purpose: string
  readonly fields: string
  readonly shared: string
  readonly published: string
  readonly yes: string
  readonly no: string
  readonly questions: Readonly<Record<"processing" | "lawful" | "influence" | "measures", string>>
  readonly risk: string
  readonly risks: Readonly<Record<AssessmentDetail["text"]["risk"], string>>
  readonly review: string
  readonly edition: string
  readonly written: string
  readonly signed: string
  readonly unsigned: string
  readonly kept: string
  readonly hand: string
}

/** The questions as the law asks them; the console shows the same. */
export const assessmentWords: Readonly<Record<Language, Said>> = {
  "zh-CN": {
    heading: "个人信息保护影响评估",
    purpose: "用途",
    fields: "敏感信息项",
    shared: "提供给外部",
    published: "对外公开",
    yes: "是",
    no: "否",
    questions: {
      processing: "处理什么信息，为了什么，怎样处理",
      lawful: "一、处理目的、处理方式等是否合法、正当、必要",
      influence: "二、对个人权益的影响及安全风险",
      measures: "三、所采取的保护措施是否合法、有效并与风险程度相适应",
    },
    risk: "风险程度",
    risks: { low: "低", middle: "中", high: "高" },
    review: "复评日期",
    edition: "第 {edition} 稿",
    written: "评估人",
    signed: "审核签字",
    unsigned: "尚未签字，不能作为生效依据",
    kept: "依据《个人信息保护法》第五十五条、第五十六条。本报告至少保存三年。",
    hand: "签名：____________________　　日期：____________________",
  },
  en: {
    heading: "Personal information protection impact assessment",
    purpose: "Purpose",
    fields: "Sensitive fields",
    shared: "Given to others",
    published: "Published",
    yes: "yes",
    no: "no",
    questions: {
      processing: "What is processed, what for, and how",
      lawful: "1. Whether purpose and means are lawful, legitimate and necessary",
      influence: "2. Influence on the rights of the persons, and security risks",
      measures: "3. Whether the measures are lawful, effective and in proportion to the risk",
    },
    risk: "Risk",
    risks: { low: "low", middle: "middle", high: "high" },
    review: "To be reviewed by",
    edition: "Edition {edition}",
    written: "Written by",
    signed: "Signed off by",
    unsigned: "Not signed: nothing may go live on it",
    kept: "PIPL articles 55 and 56. This report is kept for three years at least.",
    hand: "Signature: ____________________    Date: ____________________",
  },
}

/** `label`: of the purpose, where the regime in force has it. */
export function documentOf(
  view: AssessmentDetail,
  label: Words | undefined,
  language: Language,
): PdfDocument {
  const say = assessmentWords[language]
  const { text } = view
  const yesNo = (is: boolean) => (is ? say.yes : say.no)
  const fields = text.fields
    .map((code) => fieldOf(code).label[language])
    .join(language === "en" ? ", " : "、")
  const facts: readonly (readonly [string, string])[] = [
    [say.purpose, label === undefined ? view.purpose : `${label[language]} (${view.purpose})`],
    [say.fields, fields === "" ? "–" : fields],
    [say.shared, yesNo(text.isShared)],
    [say.published, yesNo(text.isPublished)],
    [say.risk, say.risks[text.risk]],
    [say.review, text.reviewBy],
    [say.written, `${view.writtenBy.name}　${dayOf(view.writtenAt)}`],
    [say.signed, view.signed === null ? say.unsigned : `${view.signed.by.name}　${dayOf(view.signed.at)}`],
  ]
  const questions = ["processing", "lawful", "influence", "measures"] as const
  return {
    title: say.heading,
    foot: `${view.assessmentId} · ${say.edition.replace("{edition}", String(view.edition))}`,
    content: [
      { text: say.heading, fontSize: 18, bold: true, margin: [0, 0, 0, 2] },
      {
        text: say.edition.replace("{edition}", String(view.edition)),
        color: "#555555",
        margin: [0, 0, 0, 12],
      },
      { layout: "lightHorizontalLines", table: { widths: [110, "*"], body: facts.map((row) => [...row]) } },
      ...questions.flatMap((question) => [
        { text: say.questions[question], bold: true, margin: [0, 14, 0, 4] },
        { text: text[question] },
      ]),
      { text: say.kept, color: "#555555", fontSize: 9, margin: [0, 20, 0, 24] },
      { text: say.hand },
    ],
  }
}

/** The day in the house's zone. */
function dayOf(instant: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(new Date(instant))
}
