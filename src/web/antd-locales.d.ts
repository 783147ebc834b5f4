// antd ships these as ES modules without saying so in its package.json; Node's resolution would type them as CommonJS.
declare module "antd/es/locale/zh_CN.js" {
  import type { Locale } from "antd/es/locale/index.js"

  const locale: Locale
  export default locale
}
declare module "antd/es/locale/en_US.js" {
  import type { Locale } from "antd/es/locale/index.js"

  const locale: Locale
  export default locale
}
