import "./read-text.css"

export interface ReadTextProps {
  /** To the letter, as it is hashed. */
  readonly text: string
  readonly lang: string
}

/** A consent text as it is read. Clause 2.6. */
export function ReadText({ text, lang }: ReadTextProps) {
  return (
    <blockquote className="hd-consent-text" lang={lang}>
      {text}
    </blockquote>
  )
}
