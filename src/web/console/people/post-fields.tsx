import { DatePicker, Form, Select } from "antd"
import type { Dayjs } from "dayjs"
import { useTranslation } from "react-i18next"
import { type Post, posts } from "../../../duty/people/post.ts"
import { endOfHouseDay } from "../../parts/end-of-house-day.ts"
import { useWords } from "../../parts/use-words.ts"
import { useBuildings } from "./use-buildings.ts"

/** What both dialogs ask about a post. */
export interface PostChoice {
  readonly post: Post
  readonly buildingIds?: readonly string[]
  readonly until?: Dayjs | null
}

/** A choice in the form of the wire: no building chosen is every building; an end is the end of that day. */
export function postOf({ post, buildingIds = [], until }: PostChoice) {
  return {
    post,
    buildingIds: buildingIds.length === 0 ? null : [...buildingIds],
    until: until ? endOfHouseDay(until) : null,
  }
}

export function PostFields() {
  const { t } = useTranslation("people")
  const required = useTranslation("entry").t("setup.required")
  const say = useWords()
  return (
    <>
      <Form.Item name="post" label={t("post")} rules={[{ required: true, message: required }]}>
        <Select options={posts.map((post) => ({ value: post, label: say("posts", post) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={["post"]}>
        {(form) => coversBuildings(form.getFieldValue("post")) && <BuildingField />}
      </Form.Item>
      <Form.Item name="until" label={t("untilDay")} extra={t("untilHint")}>
        <DatePicker className="hd-full" />
      </Form.Item>
    </>
  )
}

/** Clerks and supervisors work in buildings; every other post covers its community. Clause 3.8. */
function coversBuildings(post: unknown): boolean {
  return post === "clerk" || post === "supervisor"
}

function BuildingField() {
  const { t } = useTranslation("people")
  const { buildings } = useBuildings()
  return (
    <Form.Item name="buildingIds" label={t("buildings")} extra={t("buildingsHint")}>
      <Select
        mode="multiple"
        allowClear
        showSearch={{ optionFilterProp: "label" }}
        options={buildings.map(({ buildingId, name }) => ({ value: buildingId, label: name }))}
      />
    </Form.Item>
  )
}
