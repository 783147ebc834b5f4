import { currentLanguage } from "../../i18n.ts"

interface Labelled {
  readonly label: { readonly "zh-CN": string; readonly en: string }
}

/** The regime brings its own words, so that a later version can add to them. */
export function labelOf({ label }: Labelled): string {
  return label[currentLanguage()]
}
