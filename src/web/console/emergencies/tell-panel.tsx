import { App, Button, DatePicker, Form, Radio, Typography } from "antd"
import { useTranslation } from "react-i18next"
import { type EmergencyDetail, tellingWays, tellOwner } from "../../../lifecycle/emergency/contract.ts"
import { call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { showInstant, When } from "../../parts/when.tsx"
import { useEmergencyMove } from "./use-emergency-move.ts"

interface Shown {
  readonly emergency: EmergencyDetail
}

/** The owner is told, in words that are proposed; owners have no page of their own yet, so somebody does it. Clauses 4.9, 7.1. */
export function TellPanel({ emergency }: Shown) {
  const { t } = useTranslation("emergency")
  const word = useWords()
  const { told, isTellingLate, tellBy } = emergency
  if (told !== null)
    return (
      <p>
        {`${t(`ways.${told.how}`)} · `}
        <When at={told.toldAt} />
        {` · ${t("tell.by", { name: told.by.name, post: word("posts", told.by.post) })}`}
      </p>
    )
  return (
    <>
      <p className={isTellingLate ? "hd-overdue" : "hd-faint"}>
        {t(isTellingLate ? "tell.late" : "tell.until", { at: showInstant(tellBy) })} {t("tell.noPortal")}
      </p>
      <Typography.Paragraph className="hd-telling" copyable>
        {t("tell.sentence", {
          at: showInstant(emergency.broken.at),
          place: emergency.place,
          reason: t(`reasons.${emergency.reason}`),
          post: word("posts", emergency.broken.by.post),
          fields: emergency.fields.map((field) => word("fields", field)).join("、"),
        })}
      </Typography.Paragraph>
      <TellForm emergency={emergency} />
    </>
  )
}

interface Said {
  readonly how: (typeof tellingWays)[number]
  readonly at: { readonly toISOString: () => string }
}

function TellForm({ emergency: { emergencyId, tellRefusal } }: Shown) {
  const { t } = useTranslation("emergency")
  const { ofCode } = useSentences()
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const tell = useEmergencyMove(communityId, async ({ how, at }: Said) => {
    const body = { how, toldAt: at.toISOString() }
    const told = await call(tellOwner, { params: { communityId, emergencyId }, body })
    message.success(t("tell.done"))
    return told
  })
  const required = [{ required: true, message: t("form.missing") }]
  return (
    <Form<Said>
      className="hd-break"
      layout="vertical"
      requiredMark={false}
      disabled={tell.isPending || tellRefusal !== null}
      onFinish={(said) => tell.mutate(said)}
    >
      <Form.Item name="how" label={t("tell.how")} rules={required}>
        <Radio.Group
          optionType="button"
          options={tellingWays.map((value) => ({ value, label: t(`ways.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="at" label={t("tell.at")} rules={required}>
        <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" />
      </Form.Item>
      <Guard reason={tellRefusal === null ? null : ofCode(tellRefusal)}>
        {(disabled) => (
          <Button htmlType="submit" disabled={disabled} loading={tell.isPending}>
            {t("tell.submit")}
          </Button>
        )}
      </Guard>
    </Form>
  )
}
