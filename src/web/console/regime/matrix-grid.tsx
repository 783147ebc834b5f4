import "../../style/matrix.css"
import { useTranslation } from "react-i18next"
import type { RegimeView } from "../../../lifecycle/catalogue/contract.ts"
import { useWords } from "../../parts/use-words.ts"
import { labelOf } from "./label-of.ts"

type Field = RegimeView["fields"][number]
type Purpose = RegimeView["purposes"][number]
type Rule = Purpose["cells"][string]

/** Purposes across, fields down, by class. What is not listed is forbidden. Clause 2.3. */
export function MatrixGrid({ regime: { fields, purposes } }: { readonly regime: RegimeView }) {
  const { t } = useTranslation("regime")
  const classes = [...new Set(fields.map((field) => field.class))]
  return (
    <>
      <Legend />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <div className="hd-matrix-frame" role="region" aria-label={t("matrix.caption")} tabIndex={0}>
        <table className="hd-matrix">
          <caption className="hd-unseen">{t("matrix.caption")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("matrix.field")}</th>
              {purposes.map((purpose) => (
                <th key={purpose.code} scope="col" title={`${t("matrix.basis")}: ${purpose.basis}`}>
                  {labelOf(purpose)}
                </th>
              ))}
            </tr>
          </thead>
          {classes.map((code) => (
            <ClassRows
              key={code}
              code={code}
              fields={fields.filter((field) => field.class === code)}
              purposes={purposes}
            />
          ))}
        </table>
      </div>
    </>
  )
}

interface ClassRowsProps {
  readonly code: string
  readonly fields: readonly Field[]
  readonly purposes: readonly Purpose[]
}

function ClassRows({ code, fields, purposes }: ClassRowsProps) {
  const { t } = useTranslation("regime")
  const say = useWords()
  const isNever = (field: Field) => purposes.every((purpose) => ruleOf(purpose, field) === "forbidden")
  return (
    <tbody>
      <tr className="hd-matrix-class">
        <th scope="rowgroup" colSpan={purposes.length + 1}>
          <span>{say("classes", code)}</span>
        </th>
      </tr>
      {fields.map((field) => (
        <tr key={field.code}>
          <th
            scope="row"
            className={isNever(field) ? "hd-faint" : ""}
            title={isNever(field) ? t("matrix.never") : ""}
          >
            {labelOf(field)}
          </th>
          {purposes.map((purpose) => (
            <MatrixCell key={purpose.code} rule={ruleOf(purpose, field)} />
          ))}
        </tr>
      ))}
    </tbody>
  )
}

function ruleOf(purpose: Purpose, field: Field): Rule {
  return purpose.cells[field.code] ?? "forbidden"
}

function MatrixCell({ rule }: { readonly rule: Rule }) {
  const say = useWords()
  return (
    <td>
      <Mark rule={rule} />
      <span className="hd-unseen">{say("cells", rule)}</span>
    </td>
  )
}

function Mark({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation("regime")
  return (
    <span className={`hd-mark hd-mark-${rule}`} aria-hidden="true">
      {t(`matrix.${rule}`)}
    </span>
  )
}

function Legend() {
  const { t } = useTranslation("regime")
  const say = useWords()
  const rules = ["required", "optional", "forbidden"] as const
  return (
    <p className="hd-legend">
      {rules.map((rule) => (
        <span key={rule}>
          <Mark rule={rule} /> {say("cells", rule)}
        </span>
      ))}
      <span className="hd-faint">{t("matrix.legend")}</span>
    </p>
  )
}
