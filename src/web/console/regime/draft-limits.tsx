import { InputNumber, Switch } from "antd"
import { useTranslation } from "react-i18next"
import { isShare, type OwnLimits, settable } from "../../../lifecycle/catalogue/own-limits.ts"
import type { RegimeTextView } from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { type WatchCode, watchCodes } from "../../../lifecycle/catalogue/watch-shape.ts"
import type { DraftEdit } from "./draft-edit.ts"
import { capLines, capName, numbersOfRule, useLimitWords } from "./limit-words.ts"

type Limits = NonNullable<RegimeTextView["limits"]>

interface Editing {
  readonly limits: OwnLimits
  readonly isEditable: boolean
  readonly onChange: (limits: OwnLimits) => void
}

/** How much, how often, how soon somebody is told: the numbers of the regime. Clauses 1.5, 4.8, 4.13, 6.4. */
export function DraftLimits({ text, isEditable, onChange }: DraftEdit) {
  const { t } = useTranslation("regimeLimits")
  const { limits } = text
  if (limits === undefined) return null
  const put = ({ numbers, off }: OwnLimits) => {
    const changed: Limits = { numbers: { ...numbers }, off: [...off] }
    onChange({ ...text, limits: changed })
  }
  const editing = { limits, isEditable, onChange: put }
  return (
    <>
      <Group title={t("caps.title")} hint={t("caps.hint")}>
        {capLines.map((line) => (
          <Line key={line} name={capName(line)} suffix={t("units.pieces")} {...editing}>
            {t("ofLaw", { most: settable.get(capName(line))?.most })}
          </Line>
        ))}
        <Line name="caps.warnAt" suffix={t("units.share")} {...editing} />
      </Group>
      <Group title={t("mosaic.title")} hint={t("mosaic.hint")}>
        <Line name="mosaic.applyAt" suffix={t("units.points")} {...editing} />
        <Line name="mosaic.refuseAt" suffix={t("units.points")} {...editing} />
      </Group>
      <Group title={t("statistics.title")} hint={t("statistics.hint")}>
        <Line name="statistics.fewestHouseholds" suffix={t("units.homes")} {...editing} />
      </Group>
      <Group title={t("watch.title")} hint={t("watch.hint")}>
        {watchCodes.map((rule) => (
          <Rule key={rule} rule={rule} {...editing} />
        ))}
        <Line name="watch.quietDays" suffix={t("units.days")} {...editing} />
      </Group>
    </>
  )
}

interface GroupProps {
  readonly title: string
  readonly hint: string
  readonly children: React.ReactNode
}

function Group({ title, hint, children }: GroupProps) {
  return (
    <section className="hd-limits">
      <h2>{title}</h2>
      <p className="hd-faint">{hint}</p>
      {children}
    </section>
  )
}

interface AmountProps extends Editing {
  readonly name: string
  readonly suffix: string
}

/** One number with its name before it, and what there is to say behind it. */
function Line({ children, ...amount }: AmountProps & { readonly children?: React.ReactNode }) {
  const words = useLimitWords()
  if (amount.limits.numbers[amount.name] === undefined) return null
  return (
    <div className="hd-limit-row">
      <span>{words.name(amount.name)}</span>
      <span className="hd-limit-numbers">
        <Amount {...amount} />
        <span className="hd-faint">{children}</span>
      </span>
    </div>
  )
}

function Amount({ name, suffix, limits, isEditable, onChange }: AmountProps) {
  const words = useLimitWords()
  const { least, most } = settable.get(name) ?? { least: 0, most: 0 }
  const factor = isShare(name) ? 100 : 1
  return (
    <InputNumber
      aria-label={words.name(name)}
      className="hd-limit"
      suffix={suffix}
      value={Math.round((limits.numbers[name] ?? 0) * factor)}
      min={Math.round(least * factor)}
      max={Math.round(most * factor)}
      precision={0}
      disabled={!isEditable}
      onChange={(entered) => {
        if (entered !== null)
          onChange({ ...limits, numbers: { ...limits.numbers, [name]: entered / factor } })
      }}
    />
  )
}

function Rule({ rule, ...editing }: Editing & { readonly rule: WatchCode }) {
  const { t } = useTranslation("regimeLimits")
  const { t: watched } = useTranslation("watch")
  const { limits, isEditable, onChange } = editing
  const isOff = limits.off.includes(rule)
  const turn = (isOn: boolean) => {
    const others = limits.off.filter((one) => one !== rule)
    onChange({ ...limits, off: isOn ? others : [...others, rule] })
  }
  return (
    <div className="hd-limit-row">
      <span className="hd-limit-rule">
        <Switch
          size="small"
          aria-label={t("watch.turn", { rule: watched(`codes.${rule}`) })}
          checked={!isOff}
          disabled={!isEditable}
          onChange={turn}
        />
        {watched(`codes.${rule}`)}
      </span>
      {isOff ? (
        <span className="hd-faint">{t("watch.off")}</span>
      ) : (
        <span className="hd-limit-numbers">
          {numbersOfRule[rule].map(({ name, part }) => (
            <Amount key={name} name={name} suffix={t(`units.${part}`)} {...editing} />
          ))}
        </span>
      )}
    </div>
  )
}
