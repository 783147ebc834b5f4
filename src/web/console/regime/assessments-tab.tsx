import { useQuery } from "@tanstack/react-query"
import { useNavigate } from "@tanstack/react-router"
import { Button, Select } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { type AssessmentDetail, listAssessments } from "../../../lifecycle/catalogue/assessment-contract.ts"
import type { RegimeView } from "../../../lifecycle/catalogue/contract.ts"
import { readDesk, readDraft } from "../../../lifecycle/catalogue/regime-desk-contract.ts"
import { ask } from "../../client.ts"
import { newId } from "../../new-id.ts"
import { Guard } from "../../parts/guard.tsx"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { RefusalAlert } from "../../parts/refusal-alert.tsx"
import { useCommunity } from "../../parts/use-community.ts"
import { When } from "../../parts/when.tsx"
import { paths } from "../../paths.ts"
import { labelOf } from "./label-of.ts"
import { useRegimeAccess } from "./regime-access.ts"

/** Impact assessments, and a way to begin one for a purpose in force or in a draft. Clause 2.11. */
export function AssessmentsTab({ regime }: { readonly regime: RegimeView }) {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const query = useQuery(ask(listAssessments, { params: { communityId } }))
  const nameOf = (code: string) => {
    const found = regime.purposes.find((purpose) => purpose.code === code)
    return found === undefined ? code : labelOf(found)
  }
  const columns: ListColumn<AssessmentDetail>[] = [
    {
      key: "purpose",
      title: t("purpose"),
      card: "title",
      render: (row) => (
        <PathLink to={paths.assessment(communityId, row.assessmentId)}>{nameOf(row.purpose)}</PathLink>
      ),
    },
    { key: "edition", title: "", render: (row) => t("edition", { edition: row.edition }) },
    { key: "risk", title: t("risk"), render: (row) => t(`risks.${row.text.risk}`) },
    {
      key: "review",
      title: t("reviewBy"),
      render: (row) => (row.isPast ? `${row.text.reviewBy}（${t("past")}）` : row.text.reviewBy),
    },
    { key: "writer", title: t("writer"), render: (row) => row.writtenBy.name },
    {
      key: "signed",
      title: t("signOff"),
      card: "extra",
      render: (row) =>
        row.signed === null ? (
          <span className="hd-faint">{t("unsigned")}</span>
        ) : (
          <>
            {row.signed.by.name} <When at={row.signed.at} />
          </>
        ),
    },
  ]
  return (
    <>
      <p className="hd-faint">{t("kept")}</p>
      <Begin regime={regime} />
      <RefusalAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.data && (
        <ListRows
          found={query.data.assessments}
          columns={columns}
          rowKey={(row) => row.assessmentId}
          empty={{ title: t("noAssessments") }}
        />
      )}
    </>
  )
}

/** The purposes in force, and those that the newest open draft adds. */
function Begin({ regime }: { readonly regime: RegimeView }) {
  const { t } = useTranslation("regimeDesk")
  const { communityId } = useCommunity()
  const navigate = useNavigate()
  const { isOfficer } = useRegimeAccess()
  const [purpose, setPurpose] = useState<string>()
  const desk = useQuery(ask(readDesk, { params: { communityId } }))
  const draftId = desk.data?.drafts[0]?.draftId ?? ""
  const draft = useQuery({ ...ask(readDraft, { params: { communityId, draftId } }), enabled: draftId !== "" })
  const known = new Map(
    [...regime.purposes, ...(draft.data?.text.purposes ?? [])].map((one) => [
      one.code,
      labelOf(one) || one.code,
    ]),
  )
  return (
    <p className="hd-legend">
      <Select
        className="hd-code-input"
        aria-label={t("purpose")}
        placeholder={t("purpose")}
        popupMatchSelectWidth={false}
        value={purpose ?? null}
        onChange={(code: string) => setPurpose(code)}
        options={[...known].map(([value, label]) => ({ value, label }))}
      />
      <Guard reason={isOfficer ? null : t("onlyOfficer")}>
        {(disabled) => (
          <Button
            disabled={disabled || purpose === undefined}
            onClick={() =>
              void navigate({
                to: paths.assessment(communityId, newId()),
                search: { purpose: purpose ?? "", draft: draftId },
              })
            }
          >
            {t("newAssessment")}
          </Button>
        )}
      </Guard>
    </p>
  )
}
