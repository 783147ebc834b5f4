import { Skeleton } from "antd"
import type { ReactNode } from "react"
import { useEffect } from "react"
import { useTranslation } from "react-i18next"
import { RefusalAlert } from "./refusal-alert.tsx"
import { Watermark } from "./watermark.tsx"

export interface PageProps {
  readonly title: string
  /** One line under the title: what the page is for. */
  readonly hint?: ReactNode
  /** A way back, above the title. */
  readonly back?: ReactNode
  /** Buttons at the right of the title. */
  readonly actions?: ReactNode
  /** The page shows personal data, masked or not: it carries the viewer's watermark. */
  readonly personal?: boolean
  readonly loading?: boolean
  /** What loading failed with; replaces the content. */
  readonly error?: unknown
  readonly onRetry?: () => void
  readonly children?: ReactNode
}

/** The frame of every page: back, title, actions, then content. Names the browser tab. */
export function Page(props: PageProps) {
  const { t } = useTranslation("shell")
  useEffect(() => {
    document.title = `${props.title} · ${t("product")}`
  }, [props.title, t])
  return (
    <div className="hd-page">
      {props.back && <div className="hd-page-back">{props.back}</div>}
      <header className="hd-page-head">
        <div>
          <h1>{props.title}</h1>
          {props.hint && <p className="hd-page-hint">{props.hint}</p>}
        </div>
        {props.actions && <div className="hd-page-actions">{props.actions}</div>}
      </header>
      {props.personal === true ? (
        <Watermark>
          <PageBody {...props} />
        </Watermark>
      ) : (
        <PageBody {...props} />
      )}
    </div>
  )
}

function PageBody({ loading, error, onRetry, children }: PageProps) {
  if (error !== null && error !== undefined) {
    return <RefusalAlert error={error} {...(onRetry === undefined ? {} : { onRetry })} />
  }
  if (loading === true) return <Skeleton active paragraph={{ rows: 6 }} />
  return <>{children}</>
}
