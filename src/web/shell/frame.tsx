import { Outlet, useLocation } from "@tanstack/react-router"
import { Button, Drawer } from "antd"
import { Suspense, useState } from "react"
import { useTranslation } from "react-i18next"
import { Icon } from "../parts/icon.tsx"
import { PathLink } from "../parts/path-link.tsx"
import { paths } from "../paths.ts"
import { CommunitySwitcher } from "./community-switcher.tsx"
import { Keys } from "./keys.tsx"
import { Logo } from "./logo.tsx"
import { SideMenu } from "./side-menu.tsx"
import { UserMenu } from "./user-menu.tsx"

/** The frame of the console: skip link, head, menu by post, content. */
export function Frame() {
  const { t } = useTranslation("shell")
  const { pathname } = useLocation()
  // Open on the page it was opened on: going elsewhere closes it.
  const [openOn, setOpenOn] = useState<string | null>(null)
  return (
    <div className="hd-frame">
      <a className="hd-skip" href="#content">
        {t("skip")}
      </a>
      <header className="hd-head">
        <Button
          className="hd-head-menu"
          type="text"
          aria-label={t("menu.open")}
          icon={<Icon name="menu" size={20} />}
          onClick={() => setOpenOn(pathname)}
        />
        <PathLink to={paths.home()} className="hd-brand">
          <Logo />
          <span>{t("product")}</span>
        </PathLink>
        <CommunitySwitcher />
        <span className="hd-head-space" />
        <Keys />
        <UserMenu />
      </header>
      <aside className="hd-side">
        <SideMenu />
      </aside>
      <Drawer
        open={openOn === pathname}
        onClose={() => setOpenOn(null)}
        placement="left"
        size={248}
        title={t("menu.title")}
        styles={{ body: { padding: 8 } }}
      >
        <SideMenu onGo={() => setOpenOn(null)} />
      </Drawer>
      <main id="content" className="hd-content" tabIndex={-1}>
        <Suspense fallback={<p className="hd-faint">{t("loading")}</p>}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}
