import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { FormFieldView } from "../../lifecycle/forms/contract.ts"
import { ReadText } from "../parts/read-text.tsx"
import type { Filling } from "../parts/use-filling.ts"
import { useSay } from "../parts/use-say.ts"

export interface PhoneFieldProps {
  readonly field: FormFieldView
  readonly filling: Filling
}

/** One field as a plain control of the browser; an optional one shows its switch first, and its box when that is on. */
export function PhoneField({ field, filling }: PhoneFieldProps) {
  if (field.input === "place") return <Place field={field} filling={filling} />
  if (field.need === "required") return <Box field={field} filling={filling} />
  return (
    <>
      <Switch
        field={field}
        on={filling.isOn(field.code)}
        onTurn={(on) => {
          filling.turn(field.code, on)
          if (on && field.input === "device") filling.put(field.code, "yes")
        }}
      />
      {filling.isOn(field.code) && field.input !== "device" && <Box field={field} filling={filling} />}
    </>
  )
}

interface SwitchProps {
  readonly field: FormFieldView
  readonly on: boolean
  readonly onTurn: (on: boolean) => void
}

function Switch({ field, on, onTurn }: SwitchProps) {
  const { t, i18n } = useTranslation("forms")
  const say = useSay()
  return (
    <>
      <label className="hd-open-switch">
        <input
          type="checkbox"
          role="switch"
          checked={on}
          aria-checked={on}
          onChange={(event) => onTurn(event.target.checked)}
        />
        <span>
          {say(field.label)}
          {field.sentence !== null && !(on && field.consent !== null) && <small>{say(field.sentence)}</small>}
          {field.input === "device" && <small>{t("phone.device")}</small>}
        </span>
      </label>
      {on && field.consent !== null && <ReadText text={say(field.consent.rendered)} lang={i18n.language} />}
    </>
  )
}

const modes = { phone: "tel", number: "decimal" } as const

function Box({ field, filling }: PhoneFieldProps) {
  const { t } = useTranslation("forms")
  const say = useSay()
  const { code, input } = field
  const shared = {
    value: filling.value(code),
    autoComplete: "off",
    maxLength: 500,
    onChange: (event: { target: { value: string } }) => filling.put(code, event.target.value),
  }
  const mode = input === "phone" || input === "number" ? { inputMode: modes[input] } : {}
  return (
    <label className="hd-open-field">
      <span>{say(field.label)}</span>
      {input === "long_text" ? (
        <textarea rows={3} {...shared} />
      ) : (
        <input
          type="text"
          {...mode}
          {...(input === "home" ? { placeholder: t("phone.homeHint") } : {})}
          {...shared}
        />
      )}
    </label>
  )
}

type Reading = "off" | "reading" | "read" | "denied"

/** The browser is asked for the place when this switch is turned on, and at no other moment. Clause 2.6. */
function Place({ field, filling }: PhoneFieldProps) {
  const { t } = useTranslation("forms")
  const [reading, setReading] = useState<Reading>("off")
  const deny = () => {
    filling.turn(field.code, false)
    setReading("denied")
  }
  const turn = (on: boolean) => {
    filling.turn(field.code, on)
    setReading(on ? "reading" : "off")
    if (!on) return
    if (!("geolocation" in navigator)) {
      deny()
      return
    }
    navigator.geolocation.getCurrentPosition(
      // About a hundred metres: enough to tell the gate from the other end of town.
      ({ coords }) => {
        filling.put(field.code, `${coords.latitude.toFixed(3)},${coords.longitude.toFixed(3)}`)
        setReading("read")
      },
      deny,
      { maximumAge: 0, timeout: 15_000 },
    )
  }
  return (
    <>
      <Switch field={field} on={filling.isOn(field.code)} onTurn={turn} />
      <p className="hd-faint" role="status">
        {reading === "reading" && t("phone.locating")}
        {reading === "read" && t("phone.located")}
        {reading === "denied" && t("phone.denied")}
      </p>
    </>
  )
}
