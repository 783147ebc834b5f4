import { useNavigate } from "@tanstack/react-router"
import { Select, Tag } from "antd"
import { useTranslation } from "react-i18next"
import { useMaybeCommunity } from "../parts/use-community.ts"
import { useSession } from "../parts/use-session.ts"
import { useWords } from "../parts/use-words.ts"
import { paths } from "../paths.ts"

/** Which community the pages show, and in what posts; a choice only for those who hold posts in several. */
export function CommunitySwitcher() {
  const { t } = useTranslation("shell")
  const say = useWords()
  const { reaches } = useSession()
  const current = useMaybeCommunity() ?? reaches[0]
  const navigate = useNavigate()
  if (current === undefined) return null
  const posts = current.posts.map((post) => say("posts", post)).join("、")
  return (
    <div className="hd-community">
      {reaches.length === 1 ? (
        <span className="hd-community-name" title={t("community.current")}>
          {current.communityName}
        </span>
      ) : (
        <Select
          variant="borderless"
          popupMatchSelectWidth={false}
          aria-label={t("community.choose")}
          value={current.communityId}
          onChange={(communityId) => void navigate({ to: paths.community(communityId) })}
          options={reaches.map((reach) => ({ value: reach.communityId, label: reach.communityName }))}
        />
      )}
      <span className="hd-community-posts">{posts}</span>
      {current.demonstration && <Tag color="gold">{t("community.demonstration")}</Tag>}
    </div>
  )
}
