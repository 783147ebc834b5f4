import { QueryClientProvider } from "@tanstack/react-query"
import { createRouter, RouterProvider } from "@tanstack/react-router"
import { App as AntApp, ConfigProvider } from "antd"
import enUS from "antd/es/locale/en_US.js"
import zhCN from "antd/es/locale/zh_CN.js"
import dayjs from "dayjs"
import { StrictMode, useEffect, useSyncExternalStore } from "react"
import { useTranslation } from "react-i18next"
import { session } from "./client.ts"
import { sessionQuery } from "./parts/use-session.ts"
import { paths } from "./paths.ts"
import { queryClient } from "./query-client.ts"
import { routeTree } from "./routes.tsx"
import { BrokenPage } from "./shell/broken-page.tsx"
import { nonce } from "./strict-policy.ts"
import { stillTheme, theme } from "./theme.ts"

const router = createRouter({
  routeTree,
  defaultPendingMs: 300,
  // A page that breaks leaves the frame and its menu standing.
  defaultErrorComponent: BrokenPage,
  // Plain texts: a cursor that looks like a number must stay as it is.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(search).toString()
    return text === "" ? "" : `?${text}`
  },
})

// Only a session that was there can end; the first question of a visit is answered by the route.
session.addEventListener("ended", () => {
  if (queryClient.getQueryData(sessionQuery.queryKey) === undefined) return
  const next = router.state.location.href
  // Several questions may be refused at once; the first leads away.
  if (next.startsWith(paths.signIn())) return
  void router.navigate({ to: paths.signIn(), search: { next } }).then(() => queryClient.clear())
})

export function App() {
  const { i18n } = useTranslation()
  const english = i18n.language === "en"
  const prefersStill = usePrefersStill()
  useEffect(() => {
    dayjs.locale(english ? "en" : "zh-cn")
  }, [english])
  return (
    <StrictMode>
      <ConfigProvider
        locale={english ? enUS : zhCN}
        theme={prefersStill ? stillTheme : theme}
        button={{ autoInsertSpace: false }}
        {...(nonce === undefined ? {} : { csp: { nonce } })}
      >
        <AntApp component={false}>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </AntApp>
      </ConfigProvider>
    </StrictMode>
  )
}

const still = window.matchMedia("(prefers-reduced-motion: reduce)")

/** Whether the viewer asked their system for less motion. */
function usePrefersStill(): boolean {
  return useSyncExternalStore(
    (changed) => {
      still.addEventListener("change", changed)
      return () => still.removeEventListener("change", changed)
    },
    () => still.matches,
  )
}
