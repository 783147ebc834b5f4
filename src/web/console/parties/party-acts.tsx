import { Button, Modal, Popconfirm, Radio } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { endParty, type Party, signParty } from "../../../lifecycle/parties/contract.ts"
import { partyEndReasons } from "../../../lifecycle/parties/party.ts"
import { call } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSession } from "../../parts/use-session.ts"
import { usePartyMove } from "./use-party-move.ts"

/** Signing what another entered, and ending a contract before its time. */
export function PartyActs({ party }: { readonly party: Party }) {
  if (party.state === "entered") return <Sign party={party} />
  if (party.state === "live" || party.state === "coming") return <End party={party} />
  return <span className="hd-faint">—</span>
}

function Sign({ party }: { readonly party: Party }) {
  const { t } = useTranslation("parties")
  const { communityId, posts } = useCommunity()
  const { staffId } = useSession()
  const { partyId } = party
  const sign = usePartyMove((verdict: "signed" | "refused") =>
    call(signParty, { params: { communityId, partyId }, body: { verdict } }),
  )
  const own = party.entered.staffId === staffId ? t("sign.own") : null
  const reason = posts.includes("privacy_officer") ? own : t("sign.closed")
  return (
    <div className="hd-parties-acts">
      {(["signed", "refused"] as const).map((verdict) => (
        <Guard key={verdict} reason={reason}>
          {(disabled) => (
            <Popconfirm
              title={t(`sign.${verdict}Ask`)}
              disabled={disabled}
              onConfirm={() => sign.mutate(verdict)}
            >
              <Button
                size="small"
                type={verdict === "signed" ? "primary" : "default"}
                disabled={disabled}
                loading={sign.isPending}
              >
                {t(`sign.${verdict}`)}
              </Button>
            </Popconfirm>
          )}
        </Guard>
      ))}
      <RefusalAlert error={sign.error} />
    </div>
  )
}

function End({ party: { partyId, name } }: { readonly party: Party }) {
  const { t } = useTranslation("parties")
  const { communityId, posts } = useCommunity()
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState<(typeof partyEndReasons)[number]>("terminated")
  const end = usePartyMove(
    () => call(endParty, { params: { communityId, partyId }, body: { reason: chosen } }),
    () => setOpen(false),
  )
  const may = posts.includes("manager") || posts.includes("privacy_officer")
  return (
    <>
      <Guard reason={may ? null : t("end.closed")}>
        {(disabled) => (
          <Button size="small" danger disabled={disabled} onClick={() => setOpen(true)}>
            {t("end.open")}
          </Button>
        )}
      </Guard>
      <Modal
        open={isOpen}
        title={t("end.title", { name })}
        okText={t("end.open")}
        cancelText={t("cancel")}
        okButtonProps={{ danger: true }}
        confirmLoading={end.isPending}
        onOk={() => end.mutate(undefined)}
        onCancel={() => setOpen(false)}
      >
        <p>{t("end.hint")}</p>
        <Radio.Group
          aria-label={t("end.reason")}
          value={chosen}
          onChange={(event) => setChosen(partyEndReasons.find((one) => one === event.target.value) ?? "done")}
          options={partyEndReasons.map((value) => ({ value, label: t(`endReasons.${value}`) }))}
        />
        <RefusalAlert error={end.error} />
      </Modal>
    </>
  )
}
