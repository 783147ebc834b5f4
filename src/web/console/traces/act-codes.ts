/** The acts that leave a trace, in the order of the filter. Their words are in the locales under `traces:acts`. */
export const actCodes = [
  "use.look",
  "roster.list",
  "roster.person",
  "roster.find_phone",
  "roster.find_phone_last4",
  "roster.find_name",
  "roster.find_plate",
  "roster.find_home",
  "order.open",
  "order.read",
  "order.take",
  "order.dispatch",
  "order.close",
  "order.list",
  "use.list",
  "use.read",
  "import.upload",
  "import.map",
  "import.check",
  "import.commit",
  "import.download",
  "roster.take",
  "roster.clear",
  "people.sign_in",
  "people.sign_out",
  "people.appoint",
  "people.change_post",
  "people.dismiss",
  "people.reset_password",
  "people.change_password",
  "people.begin_second_factor",
  "people.confirm_second_factor",
  "people.set_up",
  "people.open_demonstration",
  "people.remove_demonstration",
  "trace.list",
] as const
export type ActCode = (typeof actCodes)[number]

export function isActCode(code: string): code is ActCode {
  return actCodes.some((one) => one === code)
}
