import { Button, Tag } from "antd"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { FactorForm } from "../../entry/factor-form.tsx"
import { PasswordForm } from "../../entry/password-form.tsx"
import { Guard } from "../../parts/guard.tsx"
import { type ListColumn, ListRows } from "../../parts/list-page.tsx"
import { Page } from "../../parts/page.tsx"
import type { Reach } from "../../parts/use-community.ts"
import { useSession } from "../../parts/use-session.ts"
import { useWords } from "../../parts/use-words.ts"
import { OwnMeter } from "../applications/own-meter.tsx"

/** One's own account: who, in what posts, and how one signs in. */
export function AccountPage() {
  const { t } = useTranslation("account")
  const me = useSession()
  return (
    <Page title={t("title")} hint={t("hint")}>
      <section className="hd-section">
        <dl className="hd-facts">
          <Fact label={t("name")} value={me.name} />
          <Fact label={t("login")} value={me.login} />
          <Fact label={t("company")} value={me.company} />
        </dl>
      </section>
      <section className="hd-section">
        <h2>{t("reaches")}</h2>
        <Reaches />
      </section>
      <OwnMeter />
      <section className="hd-section hd-narrow">
        <h2>{t("factor")}</h2>
        <SecondFactor enrolled={me.hasSecondFactor} />
      </section>
      <section className="hd-section hd-narrow">
        <h2>{t("password")}</h2>
        <PasswordForm />
      </section>
    </Page>
  )
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Reaches() {
  const { t } = useTranslation("account")
  const say = useWords()
  const { reaches } = useSession()
  const columns: ListColumn<Reach>[] = [
    { key: "community", title: t("community"), render: (row) => row.communityName, card: "title" },
    {
      key: "posts",
      title: t("posts"),
      render: (row) => row.posts.map((post) => say("posts", post)).join("、"),
    },
    {
      key: "buildings",
      title: t("buildings"),
      render: ({ buildingIds }) =>
        buildingIds === null ? t("allBuildings") : t("someBuildings", { count: buildingIds.length }),
    },
    {
      key: "classes",
      title: t("classes"),
      render: ({ classes }) =>
        classes.length === 0 ? t("noClasses") : classes.map((code) => say("classes", code)).join("、"),
    },
  ]
  return (
    <ListRows
      found={reaches}
      columns={columns}
      rowKey={(row) => row.communityId}
      empty={{ title: t("noReaches") }}
    />
  )
}

function SecondFactor({ enrolled }: { readonly enrolled: boolean }) {
  const { t } = useTranslation("account")
  const entry = useTranslation("entry").t
  const [open, setOpen] = useState(false)
  if (open) {
    return (
      <>
        <p className="hd-faint">{entry("factor.hintFree")}</p>
        <FactorForm onDone={() => setOpen(false)} />
        <Button type="link" onClick={() => setOpen(false)}>
          {entry("factor.cancel")}
        </Button>
      </>
    )
  }
  return (
    <p className="hd-inline">
      <Tag color={enrolled ? "green" : "default"}>{enrolled ? t("factorOn") : t("factorOff")}</Tag>
      <Guard reason={enrolled ? t("factorChange") : null}>
        {(disabled) => (
          <Button disabled={disabled} onClick={() => setOpen(true)}>
            {enrolled ? t("factorAgain") : t("factorBegin")}
          </Button>
        )}
      </Guard>
    </p>
  )
}
