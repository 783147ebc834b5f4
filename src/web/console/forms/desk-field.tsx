import { Button, Form, Input, Switch } from "antd"
import { useTranslation } from "react-i18next"
import type { FormFieldView } from "../../../lifecycle/forms/contract.ts"
import { ReadText } from "../../parts/read-text.tsx"
import type { Filling } from "../../parts/use-filling.ts"
import { useSay } from "../../parts/use-say.ts"
import { PlacePicker } from "../orders/place-picker.tsx"

export interface DeskFieldProps {
  readonly field: FormFieldView
  readonly filling: Filling
}

/** One field of the matrix; an optional one is a switch that is off, with what it is for. Clause 2.5. */
export function DeskField({ field, filling }: DeskFieldProps) {
  const { t, i18n } = useTranslation("forms")
  const say = useSay()
  const label = say(field.label)
  if (field.need === "required") return <Box field={field} filling={filling} />
  const isOn = filling.isOn(field.code)
  return (
    <div className="hd-form-optional">
      <div className="hd-form-switch">
        <Switch
          aria-label={label}
          checked={isOn}
          onChange={(on) => {
            filling.turn(field.code, on)
            if (on && field.input === "device") filling.put(field.code, "yes")
          }}
        />
        <div>
          {label} <span className="hd-faint">{t("optional")}</span>
          {!(isOn && field.consent !== null) && (
            <div className="hd-faint">{field.sentence !== null && say(field.sentence)}</div>
          )}
          {field.input === "device" && <div className="hd-faint">{t("device")}</div>}
        </div>
      </div>
      {isOn && field.consent !== null && <ReadText text={say(field.consent.rendered)} lang={i18n.language} />}
      {isOn && field.input !== "device" && <Box field={field} filling={filling} />}
    </div>
  )
}

function Box({ field, filling }: DeskFieldProps) {
  const say = useSay()
  const { code, input } = field
  const id = `hd-form-${code}`
  const value = filling.value(code)
  if (input === "home") return <Home field={field} filling={filling} />
  return (
    <Form.Item label={say(field.label)} htmlFor={id} required={field.need === "required"}>
      {input === "long_text" ? (
        <Input.TextArea
          id={id}
          value={value}
          maxLength={500}
          autoSize={{ minRows: 2, maxRows: 8 }}
          onChange={(event) => filling.put(code, event.target.value)}
        />
      ) : (
        <Input
          id={id}
          value={value}
          maxLength={200}
          autoComplete="off"
          {...(input === "phone" ? { type: "tel" } : {})}
          onChange={(event) => filling.put(code, event.target.value)}
        />
      )}
    </Form.Item>
  )
}

function Home({ field, filling }: DeskFieldProps) {
  const { t } = useTranslation("forms")
  const say = useSay()
  const chosen = filling.value(field.code)
  return (
    <Form.Item label={say(field.label)} required={field.need === "required"}>
      {chosen === "" ? (
        <PlacePicker onPicked={({ home }) => filling.put(field.code, home)} />
      ) : (
        <div className="hd-form-place">
          <strong>{chosen}</strong>
          <Button size="small" onClick={() => filling.put(field.code, "")}>
            {t("change")}
          </Button>
        </div>
      )}
    </Form.Item>
  )
}
