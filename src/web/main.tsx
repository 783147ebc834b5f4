import "./strict-policy.ts"
import "./style/base.css"
import "./style/frame.css"
import "./style/page.css"
import "./style/lists.css"
import "./style/use.css"
import "./style/entry.css"
import "dayjs/locale/zh-cn.js"
import { createRoot } from "react-dom/client"
import { App } from "./app.tsx"
import { startTexts } from "./i18n.ts"

const place = document.getElementById("root")
if (place === null) throw new Error("the page has no place for the console")

await startTexts()
createRoot(place).render(<App />)
