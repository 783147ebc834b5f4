import { useMutation } from "@tanstack/react-query"
import { Button, Popconfirm } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { answerProof, registerLeft, type Sharing, showProof } from "../../../lifecycle/parties/contract.ts"
import { call, fetchFile } from "../../client.ts"
import { Guard } from "../../parts/guard.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { useSession } from "../../parts/use-session.ts"
import { paths } from "../../paths.ts"
import { ProofDialog } from "./proof-dialog.tsx"
import { showPaper } from "./show-paper.ts"
import { usePartyMove } from "./use-party-move.ts"

/** What is next for a sharing, and its papers. */
export function SharingActs({ sharing }: { readonly sharing: Sharing }) {
  const papers = sharing.proofs.filter(({ evidence }) => evidence === "paper")
  return (
    <div className="hd-parties-acts">
      <Next sharing={sharing} />
      {papers.map(({ proofId }) => (
        <Paper key={proofId} sharing={sharing} proofId={proofId} />
      ))}
    </div>
  )
}

function Next({ sharing }: { readonly sharing: Sharing }) {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  switch (sharing.state) {
    case "approved":
      if (sharing.form === "share") return <Told sharing={sharing} />
      return <PathLink to={paths.exports(communityId)}>{t("left.toCopies")}</PathLink>
    case "left":
      return <Prove sharing={sharing} />
    case "proving":
      return <Answer sharing={sharing} />
    case "applied":
      return <span className="hd-faint">{t("next.applied")}</span>
    case "closed":
    case "archived":
      // Where there is a paper, it stands alone.
      return sharing.proofs.some(({ evidence }) => evidence === "paper") ? null : (
        <span className="hd-faint">—</span>
      )
  }
}

function Told({ sharing: { applicationId, isOwn } }: { readonly sharing: Sharing }) {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  const note = usePartyMove((how: "told" | "paper") =>
    call(registerLeft, { params: { communityId, applicationId }, body: { how } }),
  )
  return (
    <>
      {(["told", "paper"] as const).map((how) => (
        <Guard key={how} reason={isOwn ? null : t("left.closed")}>
          {(disabled) => (
            <Popconfirm title={t(`left.${how}Ask`)} disabled={disabled} onConfirm={() => note.mutate(how)}>
              <Button size="small" disabled={disabled} loading={note.isPending}>
                {t(`left.${how}`)}
              </Button>
            </Popconfirm>
          )}
        </Guard>
      ))}
      <RefusalAlert error={note.error} />
    </>
  )
}

function Prove({ sharing }: { readonly sharing: Sharing }) {
  const { t } = useTranslation("parties")
  const { posts } = useCommunity()
  const [isOpen, setOpen] = useState(false)
  const may = ["manager", "privacy_officer"].some((post) => posts.some((one) => one === post))
  return (
    <>
      <Guard reason={may || sharing.isOwn ? null : t("prove.closed")}>
        {(disabled) => (
          <Button size="small" type="primary" disabled={disabled} onClick={() => setOpen(true)}>
            {t("prove.open")}
          </Button>
        )}
      </Guard>
      {isOpen && <ProofDialog sharing={sharing} onClose={() => setOpen(false)} />}
    </>
  )
}

function Answer({ sharing: { applicationId, proofs } }: { readonly sharing: Sharing }) {
  const { t } = useTranslation("parties")
  const { communityId, posts } = useCommunity()
  const { staffId } = useSession()
  const proof = proofs.find(({ answered }) => answered === null)
  const answer = usePartyMove((verdict: "accepted" | "refused") =>
    call(answerProof, {
      params: { communityId, applicationId, proofId: proof?.proofId ?? "" },
      body: { verdict },
    }),
  )
  const may = ["manager", "privacy_officer"].some((post) => posts.some((one) => one === post))
  const own = proof?.recorded.staffId === staffId ? t("answer.own") : null
  return (
    <>
      {(["accepted", "refused"] as const).map((verdict) => (
        <Guard key={verdict} reason={may ? own : t("answer.closed")}>
          {(disabled) => (
            <Popconfirm
              title={t(`answer.${verdict}Ask`)}
              disabled={disabled}
              onConfirm={() => answer.mutate(verdict)}
            >
              <Button
                size="small"
                type={verdict === "accepted" ? "primary" : "default"}
                disabled={disabled}
                loading={answer.isPending}
              >
                {t(`answer.${verdict}`)}
              </Button>
            </Popconfirm>
          )}
        </Guard>
      ))}
      <RefusalAlert error={answer.error} />
    </>
  )
}

function Paper({ sharing, proofId }: { readonly sharing: Sharing; readonly proofId: string }) {
  const { t } = useTranslation("parties")
  const { communityId } = useCommunity()
  const { applicationId } = sharing
  const fetching = useMutation({
    mutationFn: () => fetchFile(showProof, { params: { communityId, applicationId, proofId }, body: {} }),
    onSuccess: showPaper,
  })
  return (
    <>
      <Button size="small" type="link" loading={fetching.isPending} onClick={() => fetching.mutate()}>
        {t("paper.see")}
      </Button>
      <RefusalAlert error={fetching.error} />
    </>
  )
}
