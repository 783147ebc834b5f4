import { InputNumber, Switch } from "antd"
import { useTranslation } from "react-i18next"
import { lawfulCaps, numbersOf, withNumber } from "../../../lifecycle/catalogue/limits.ts"
import type { Limits } from "../../../lifecycle/catalogue/limits-shape.ts"
import { type WatchCode, watchCodes } from "../../../lifecycle/catalogue/watch-shape.ts"
import type { DraftEdit } from "./draft-edit.ts"
import { capLines, type LimitNumber, numbersOfRule, useLimitWords } from "./limit-words.ts"

interface Editing {
  readonly limits: Limits
  readonly isEditable: boolean
  readonly onChange: (limits: Limits) => void
}

/** How much, how often, how soon somebody is told: the numbers of the regime. Clauses 1.5, 4.8, 4.13, 6.4. */
export function DraftLimits({ text, isEditable, onChange }: DraftEdit) {
  const { t } = useTranslation("regimeLimits")
  const { limits } = text
  if (limits === undefined) return null
  const editing = {
    limits,
    isEditable,
    onChange: (changed: Limits) => onChange({ ...text, limits: changed }),
  }
  const most = capLines.map((line) => lawfulCaps.get(line)).join(" / ")
  return (
    <>
      <Group title={t("caps.title")} hint={t("caps.hint", { most })}>
        {capLines.map((line) => (
          <Line
            key={line}
            name={`caps.lines.${line}`}
            suffix={t("count")}
            max={lawfulCaps.get(line)}
            {...editing}
          />
        ))}
        <Line name="caps.warnAt" suffix={t("percent")} isShare {...editing} />
      </Group>
      <Group title={t("mosaic.title")} hint={t("mosaic.hint")}>
        <Line name="mosaic.applyAt" suffix={t("points")} max={limits.mosaic.refuseAt} {...editing} />
        <Line name="mosaic.refuseAt" suffix={t("points")} {...editing} />
      </Group>
      <Group title={t("statistics.title")} hint={t("statistics.hint")}>
        <Line name="statistics.fewestHouseholds" suffix={t("households")} min={5} max={1_000} {...editing} />
      </Group>
      <Group title={t("watch.title")} hint={t("watch.hint")}>
        {watchCodes.map((rule) => (
          <Rule key={rule} rule={rule} {...editing} />
        ))}
        <Line name="watch.quietDays" suffix={t("daysUnit")} {...editing} />
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

interface LineProps extends Editing {
  readonly name: string
  readonly suffix: string
  readonly isShare?: boolean
  readonly min?: number
  readonly max?: number | undefined
}

/** One number with its name before it. */
function Line({ name, ...rest }: LineProps) {
  const words = useLimitWords()
  return (
    <div className="hd-limit-row">
      <span>{words.name(name)}</span>
      <Amount name={name} {...rest} />
    </div>
  )
}

function Amount({ name, suffix, isShare = false, min = 1, max = 100_000, ...editing }: LineProps) {
  const { limits, isEditable, onChange } = editing
  const words = useLimitWords()
  const factor = isShare ? 100 : 1
  const value = Math.round((numbersOf(limits).get(name) ?? 0) * factor)
  return (
    <InputNumber
      aria-label={words.name(name)}
      className="hd-limit"
      suffix={suffix}
      value={value}
      min={min}
      max={isShare ? 100 : max}
      precision={0}
      disabled={!isEditable}
      onChange={(entered) => {
        const changed = entered === null ? undefined : withNumber(limits, name, entered / factor)
        if (changed !== undefined) onChange(changed)
      }}
    />
  )
}

function Rule({ rule, ...editing }: Editing & { readonly rule: WatchCode }) {
  const { t } = useTranslation("regimeLimits")
  const { t: watched } = useTranslation("watch")
  const { limits, isEditable, onChange } = editing
  const isOff = limits.watch.off.includes(rule)
  const turn = (isOn: boolean) => {
    const others = limits.watch.off.filter((one) => one !== rule)
    onChange({ ...limits, watch: { ...limits.watch, off: isOn ? others : [...others, rule] } })
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
          {numbersOfRule[rule].map((one) => (
            <RuleNumber key={one.name} {...one} {...editing} />
          ))}
        </span>
      )}
    </div>
  )
}

/** Hours begin at 0 and end at 23; days are those of a year at most. */
const mostOf: Partial<Record<LimitNumber["unit"], number>> = { from: 23, until: 23, days: 366 }

function RuleNumber({ name, unit, ...editing }: LimitNumber & Editing) {
  const { t } = useTranslation("regimeLimits")
  const isHour = unit === "from" || unit === "until"
  return (
    <Amount
      name={name}
      suffix={unit === "share" ? t("percent") : t(`units.${unit}`)}
      isShare={unit === "share"}
      min={isHour ? 0 : 1}
      max={mostOf[unit]}
      {...editing}
    />
  )
}
