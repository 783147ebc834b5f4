// antd ships these as ES modules without saying so in its package.json; Node's resolution would type them as CommonJS.
declare module "antd/es/locale/zh_CN.js" {
  const locale: import("antd/es/locale").Locale
  export default locale
}
declare module "antd/es/locale/en_US.js" {
  const locale: import("antd/es/locale").Locale
  export default locale
}
