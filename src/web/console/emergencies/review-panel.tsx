import { App, Button, Form, Radio } from "antd"
import { useTranslation } from "react-i18next"
import type { z } from "zod"
import {
  type EmergencyDetail,
  type emergencyReview,
  emergencyVerdicts,
  justifiedReasons,
  notJustifiedReasons,
  reviewEmergency,
} from "../../../lifecycle/emergency/contract.ts"
import { call } from "../../client.ts"
import { useSentences } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { When } from "../../parts/when.tsx"
import { useEmergencyMove } from "./use-emergency-move.ts"

interface Shown {
  readonly emergency: EmergencyDetail
}

/** Said already, by the list of those who can and by the state. */
const unsaid = ["post.not_allowed", "emergency.archived"]

/** What two people found of it, and the form for whoever is one of them. Clause 4.9. */
export function ReviewPanel({ emergency }: Shown) {
  const { t } = useTranslation("emergency")
  const word = useWords()
  const { ofCode } = useSentences()
  const { reviews, reviewRefusal, awaited, state } = emergency
  return (
    <>
      {reviews.map(({ by, at, verdict, why }) => (
        <p key={by.staffId}>
          <strong className={verdict === "justified" ? "" : "hd-overdue"}>{t(`verdicts.${verdict}`)}</strong>
          {`：${t(`why.${why}`)} · ${by.name} · ${word("posts", by.post)} · `}
          <When at={at} />
        </p>
      ))}
      {state !== "archived" && (
        <p className="hd-faint">
          {t("review.awaited", { count: 2 - reviews.length, names: awaited.join("、") || "—" })}
        </p>
      )}
      {reviewRefusal !== null && !unsaid.includes(reviewRefusal) && (
        <p className="hd-faint">{ofCode(reviewRefusal)}</p>
      )}
      {reviewRefusal === null && <ReviewForm emergency={emergency} />}
    </>
  )
}

type Review = z.input<typeof emergencyReview>

interface Said {
  readonly verdict: Review["verdict"]
  readonly justified?: (typeof justifiedReasons)[number]
  readonly not_justified?: (typeof notJustifiedReasons)[number]
}

function ReviewForm({ emergency: { emergencyId } }: Shown) {
  const { t } = useTranslation("emergency")
  const { communityId } = useCommunity()
  const { message } = App.useApp()
  const [form] = Form.useForm<Said>()
  const verdict = Form.useWatch("verdict", form)
  const review = useEmergencyMove(communityId, async (body: Review) => {
    const reviewed = await call(reviewEmergency, { params: { communityId, emergencyId }, body })
    message.success(t("review.done"))
    return reviewed
  })
  const submit = (said: Said) => {
    if (said.verdict === "justified" && said.justified !== undefined)
      review.mutate({ verdict: "justified", why: said.justified })
    if (said.verdict === "not_justified" && said.not_justified !== undefined)
      review.mutate({ verdict: "not_justified", why: said.not_justified })
  }
  const reasons = verdict === "not_justified" ? notJustifiedReasons : justifiedReasons
  const required = [{ required: true, message: t("form.missing") }]
  return (
    <Form<Said>
      form={form}
      className="hd-break"
      layout="vertical"
      requiredMark={false}
      disabled={review.isPending}
      onFinish={submit}
    >
      <Form.Item name="verdict" label={t("review.verdict")} rules={required}>
        <Radio.Group
          optionType="button"
          options={emergencyVerdicts.map((value) => ({ value, label: t(`verdicts.${value}`) }))}
        />
      </Form.Item>
      {verdict !== undefined && (
        <Form.Item key={verdict} name={verdict} label={t("review.why")} rules={required}>
          <Radio.Group vertical options={reasons.map((value) => ({ value, label: t(`why.${value}`) }))} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={review.isPending}>
        {t("review.submit")}
      </Button>
    </Form>
  )
}
