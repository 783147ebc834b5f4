import { useLocation } from "@tanstack/react-router"
import { useTranslation } from "react-i18next"
import { Guard } from "../parts/guard.tsx"
import { Icon } from "../parts/icon.tsx"
import { PathLink } from "../parts/path-link.tsx"
import { type Reach, useMaybeCommunity } from "../parts/use-community.ts"
import { useSession } from "../parts/use-session.ts"
import { paths } from "../paths.ts"
import { closedTo, type MenuPage, menuGroups } from "./menu-pages.ts"

/** The pages of a community. What a post may not open stays in its place, with the reason. */
export function SideMenu({ onGo }: { readonly onGo?: () => void }) {
  const { t } = useTranslation("shell")
  const { reaches } = useSession()
  const reach = useMaybeCommunity() ?? reaches[0]
  if (reach === undefined) return null
  return (
    <nav className="hd-menu" aria-label={t("menu.title")}>
      {menuGroups.map(({ name, pages }) => (
        <section key={name}>
          <h2>{t(`menu.${name}`)}</h2>
          <ul>
            {pages.map((page) => (
              <li key={page}>
                <MenuEntry page={page} reach={reach} {...(onGo ? { onGo } : {})} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  )
}

interface MenuEntryProps {
  readonly page: MenuPage
  readonly reach: Reach
  /** Called when the entry is followed, also to the page one is on. */
  readonly onGo?: () => void
}

function MenuEntry({ page, reach, onGo }: MenuEntryProps) {
  const { t } = useTranslation("shell")
  const { pathname } = useLocation()
  const to = paths[page](reach.communityId)
  const closed = closedTo(page, reach)
  const here = pathname === to || pathname.startsWith(`${to}/`)
  const label = (
    <>
      <Icon name={page} size={18} />
      {t(`menu.${page}`)}
    </>
  )
  return (
    <Guard reason={closed === null ? null : t(`why.${closed}`)}>
      {(disabled) =>
        disabled ? (
          <span className="hd-menu-entry hd-menu-closed">{label}</span>
        ) : (
          <PathLink
            to={to}
            className={here ? "hd-menu-entry hd-menu-here" : "hd-menu-entry"}
            {...(onGo ? { onClick: onGo } : {})}
          >
            {label}
          </PathLink>
        )
      }
    </Guard>
  )
}
