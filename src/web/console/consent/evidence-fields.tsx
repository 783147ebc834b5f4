import { Form, Input, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { readScan } from "../../parts/scan-image.ts"

export interface PaperSaid {
  readonly kind: "paper"
  readonly number: string
  readonly place: string
  readonly scan: string
}

const numberPattern = /^[\w-]{1,40}$/

export interface PaperFieldsProps {
  /** Known already: it is not asked. */
  readonly number?: string
  readonly onChange: (said: PaperSaid | null) => void
}

/** Number of the form, its place in the cabinet, and the scan. Clause 2.5. */
export function PaperFields({ number: known, onChange }: PaperFieldsProps) {
  const { t } = useTranslation("consent")
  const [said, setSaid] = useState({ number: known ?? "", place: "", scan: "" })
  const [isWrong, setWrong] = useState(false)
  const put = (changed: Partial<typeof said>) => {
    const next = { ...said, ...changed }
    setSaid(next)
    const { number, place, scan } = next
    const isWhole = numberPattern.test(number.trim()) && place.trim() !== "" && scan !== ""
    onChange(isWhole ? { kind: "paper", number: number.trim(), place: place.trim(), scan } : null)
  }
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    const scan = await readScan(file)
    setWrong(scan === undefined)
    put({ scan: scan ?? "" })
  }
  return (
    <Form layout="vertical" component="div">
      {known === undefined && (
        <Form.Item label={t("paper.number")} htmlFor="hd-paper-number" extra={t("paper.numberHint")}>
          <Input
            id="hd-paper-number"
            maxLength={40}
            value={said.number}
            onChange={(event) => put({ number: event.target.value })}
          />
        </Form.Item>
      )}
      <Form.Item label={t("paper.place")} htmlFor="hd-paper-place" extra={t("paper.placeHint")}>
        <Input
          id="hd-paper-place"
          maxLength={60}
          value={said.place}
          onChange={(event) => put({ place: event.target.value })}
        />
      </Form.Item>
      <Form.Item
        label={t("paper.scan")}
        htmlFor="hd-paper-scan"
        extra={t("paper.scanHint")}
        {...(isWrong ? { help: t("paper.scanWrong"), validateStatus: "error" } : {})}
      >
        <input
          id="hd-paper-scan"
          type="file"
          accept="image/png,image/jpeg"
          onChange={(event) => void take(event.target.files?.[0])}
        />
        {said.scan !== "" && (
          <img
            className="hd-consent-scan"
            alt={t("paper.scan")}
            src={`data:image/jpeg;base64,${said.scan}`}
          />
        )}
      </Form.Item>
    </Form>
  )
}

export interface GuardianSaid {
  readonly relation: "father" | "mother" | "other"
  readonly name: string
}

export const noGuardian: GuardianSaid = { relation: "mother", name: "" }

export interface GuardianProps {
  readonly said: GuardianSaid
  readonly onChange: (said: GuardianSaid) => void
}

/** Under fourteen the guardian answers and signs. Clause 2.10. */
export function Guardian({ said, onChange }: GuardianProps) {
  const { t } = useTranslation("consent")
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={t("guardian.name")} htmlFor="hd-guardian-name" extra={t("guardian.hint")}>
        <div className="hd-consent-guardian">
          <Input
            id="hd-guardian-name"
            maxLength={40}
            autoComplete="off"
            value={said.name}
            onChange={(event) => onChange({ ...said, name: event.target.value })}
          />
          <Select<GuardianSaid["relation"]>
            aria-label={t("guardian.relation")}
            value={said.relation}
            onChange={(relation) => onChange({ ...said, relation })}
            options={(["mother", "father", "other"] as const).map((value) => ({
              value,
              label: t(`guardian.relations.${value}`),
            }))}
          />
        </div>
      </Form.Item>
    </Form>
  )
}
