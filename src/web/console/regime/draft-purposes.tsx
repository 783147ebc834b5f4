import { Button, Checkbox, Collapse, Input, Select } from "antd"
import { type ReactNode, useState } from "react"
import { useTranslation } from "react-i18next"
import type { FindingView } from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { purposeCodes, purposePattern } from "../../../lifecycle/catalogue/regime-shape.ts"
import { Guard } from "../../parts/guard.tsx"
import { type DraftEdit, type PurposeText, withPurpose } from "./draft-edit.ts"
import { labelOf } from "./label-of.ts"
import { PurposeCheck } from "./purpose-check.tsx"

const items = ["1", "2", "3", "4", "5", "6", "7"] as const

export interface DraftPurposesProps extends DraftEdit {
  /** What was found when the draft was saved last. */
  readonly saved: readonly FindingView[]
}

/** Every purpose: its name, the service it belongs to, its ground in law. Clause 2.1. */
export function DraftPurposes({ text, isEditable, onChange, saved }: DraftPurposesProps) {
  const [open, setOpen] = useState<string[]>([])
  const add = (code: string) => {
    const purpose: PurposeText = {
      code,
      label: { "zh-CN": "", en: "" },
      service: { "zh-CN": "", en: "" },
      basis: "PIPL 13(2)",
      isShared: false,
      isPublished: false,
    }
    onChange({ ...text, purposes: [...text.purposes, purpose], matrix: { ...text.matrix, [code]: {} } })
    setOpen([code])
  }
  const remove = (code: string) => {
    const matrix = Object.fromEntries(Object.entries(text.matrix).filter(([row]) => row !== code))
    onChange({ ...text, purposes: text.purposes.filter((one) => one.code !== code), matrix })
  }
  return (
    <>
      {isEditable && <AddPurpose taken={text.purposes.map(({ code }) => code)} onAdd={add} />}
      <Collapse
        activeKey={open}
        onChange={(keys) => setOpen([...keys])}
        items={text.purposes.map((purpose) => ({
          key: purpose.code,
          label: `${labelOf(purpose) || purpose.code}　${labelOf({ label: purpose.service })}`,
          children: (
            <>
              <PurposeForm
                purpose={purpose}
                disabled={!isEditable}
                onChange={(changed) => onChange(withPurpose(text, changed))}
                onRemove={() => remove(purpose.code)}
              />
              {isEditable && <PurposeCheck purpose={purpose} text={text} saved={saved} />}
            </>
          ),
        }))}
      />
    </>
  )
}

function AddPurpose({
  taken,
  onAdd,
}: {
  readonly taken: readonly string[]
  readonly onAdd: (code: string) => void
}) {
  const { t } = useTranslation("regimeDesk")
  const [code, setCode] = useState("")
  const isGood = purposePattern.test(code) && !taken.includes(code)
  return (
    <p className="hd-legend">
      <Input
        className="hd-code-input"
        aria-label={t("code")}
        placeholder={t("codeHint")}
        value={code}
        maxLength={40}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button
        disabled={!isGood}
        onClick={() => {
          onAdd(code)
          setCode("")
        }}
      >
        {t("addPurpose")}
      </Button>
    </p>
  )
}

interface PurposeFormProps {
  readonly purpose: PurposeText
  readonly disabled: boolean
  readonly onChange: (purpose: PurposeText) => void
  readonly onRemove: () => void
}

function PurposeForm({ purpose, disabled, onChange, onRemove }: PurposeFormProps) {
  const { t } = useTranslation("regimeDesk")
  const [, item = "", more = ""] = /^PIPL 13\(([1-7])\)[^;]*;?\s*(.*)$/.exec(purpose.basis) ?? []
  const basis = (chosen: string, rest: string) =>
    onChange({ ...purpose, basis: `PIPL 13(${chosen})${rest.trim() === "" ? "" : `; ${rest.trimStart()}`}` })
  const words = (part: "label" | "service", language: "zh-CN" | "en", max: number) => (
    <Input
      aria-label={t(`${part === "label" ? "name" : "service"}${language === "en" ? "En" : "Zh"}`)}
      value={purpose[part][language]}
      disabled={disabled}
      maxLength={max}
      onChange={(event) =>
        onChange({ ...purpose, [part]: { ...purpose[part], [language]: event.target.value } })
      }
    />
  )
  const isStarting = purposeCodes.some((code) => code === purpose.code)
  return (
    <div className="hd-purpose">
      <Row label={t("nameZh")}>{words("label", "zh-CN", 40)}</Row>
      <Row label={t("nameEn")}>{words("label", "en", 40)}</Row>
      <Row label={t("serviceZh")}>{words("service", "zh-CN", 200)}</Row>
      <Row label={t("serviceEn")}>{words("service", "en", 200)}</Row>
      <Row label={t("basis")}>
        <Select
          aria-label={t("basis")}
          value={item === "" ? null : item}
          disabled={disabled}
          onChange={(chosen: string) => basis(chosen, more)}
          options={items.map((value) => ({ value, label: t(`bases.${value}`) }))}
        />
      </Row>
      <Row label={t("basisMore")}>
        <Input
          aria-label={t("basisMore")}
          value={more}
          disabled={disabled || item === ""}
          maxLength={80}
          onChange={(event) => basis(item, event.target.value)}
        />
      </Row>
      <p className="hd-legend">
        {(["isShared", "isPublished"] as const).map((part) => (
          <Checkbox
            key={part}
            checked={purpose[part]}
            disabled={disabled}
            onChange={(event) => onChange({ ...purpose, [part]: event.target.checked })}
          >
            {t(part === "isShared" ? "shared" : "published")}
          </Checkbox>
        ))}
        {!disabled && (
          <Guard reason={isStarting ? t("startingStays") : null}>
            {(barred) => (
              <Button danger size="small" disabled={barred} onClick={onRemove}>
                {t("remove")}
              </Button>
            )}
          </Guard>
        )}
      </p>
    </div>
  )
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="hd-purpose-row">
      <span>{label}</span>
      {children}
    </div>
  )
}
