import { useQuery } from "@tanstack/react-query"
import { Button, Descriptions } from "antd"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { readUse, type Use } from "../../../lifecycle/use/contract.ts"
import { ask } from "../../client.ts"
import { FourSteps } from "../../parts/four-steps.tsx"
import { Page } from "../../parts/page.tsx"
import { PathLink } from "../../parts/path-link.tsx"
import { usePathParam } from "../../parts/use-address.ts"
import { useCommunity } from "../../parts/use-community.ts"
import { useWords } from "../../parts/use-words.ts"
import { paths } from "../../paths.ts"
import { closedTo } from "../../shell/menu-pages.ts"
import { Looks } from "./looks.tsx"
import { PrintedBy } from "./printed-by.tsx"
import { TracesOfUse } from "./traces-of-use.tsx"
import { UseState } from "./use-state.tsx"
import "./uses.css"

/** The four records of one use, to be read and printed. Clause 4.2. */
export function UsePage() {
  const { t } = useTranslation("uses")
  const { communityId } = useCommunity()
  const useId = usePathParam("useId")
  const query = useQuery(ask(readUse, { params: { communityId, useId } }))
  const use = query.data
  return (
    <Page
      title={use === undefined ? t("use.loading") : t("use.title", { number: use.orderNumber })}
      hint={use && <UseState use={use} />}
      back={<PathLink to={paths.uses(communityId)}>‹ {t("use.back")}</PathLink>}
      actions={
        <>
          <TracesOfUse useId={useId} />
          <Button disabled={use === undefined} onClick={() => window.print()}>
            {t("use.print")}
          </Button>
        </>
      }
      personal
      loading={query.isPending}
      error={query.error}
      onRetry={() => void query.refetch()}
    >
      {use && <UseBody use={use} />}
    </Page>
  )
}

function UseBody({ use }: { readonly use: Use }) {
  const { t } = useTranslation("uses")
  return (
    <div className="hd-use">
      <section className="hd-section" aria-label={t("use.steps")}>
        <h2>{t("use.steps")}</h2>
        <FourSteps use={use} />
      </section>
      <section className="hd-section" aria-label={t("use.facts")}>
        <h2>{t("use.facts")}</h2>
        <Scope use={use} />
      </section>
      <section className="hd-section" aria-label={t("use.looks")}>
        <h2>{t("use.looks")}</h2>
        <Looks looks={use.registered} />
      </section>
      <PrintedBy />
    </div>
  )
}

function Scope({ use }: { readonly use: Use }) {
  const { t } = useTranslation("uses")
  const word = useWords()
  const reach = useCommunity()
  const order =
    closedTo("orders", reach) === null ? (
      <PathLink to={paths.order(reach.communityId, use.orderId)}>{use.orderNumber}</PathLink>
    ) : (
      use.orderNumber
    )
  const items: readonly (readonly [string, ReactNode])[] = [
    [t("use.order"), order],
    [t("use.place"), use.place],
    [t("use.purpose"), word("purposes", use.purpose)],
    [t("use.fields"), use.fields.map((field) => word("fields", field)).join("、")],
    [t("use.regime"), t("use.regimeVersion", { version: use.regimeVersion })],
  ]
  return (
    <Descriptions
      size="small"
      bordered
      column={{ xs: 1, sm: 1, md: 2 }}
      items={items.map(([label, children]) => ({ key: label, label, children }))}
    />
  )
}
