/**
 * `source-invalid`      the source does not have the shape of `TemplateSource`
 * `mjml-invalid`        an MJML element, attribute, value or closing tag is wrong
 * `liquid-invalid`      Liquid does not parse, or uses a tag or filter that templates may not use
 * `string-missing`      a key is used that has no string in the fallback locale
 * `limit-exceeded`      a parse, render or memory limit stopped the template
 * `unsubscribe-missing` a marketing mail was to be rendered without `urls.unsubscribe`, or without a link to it
 * `stopped`             compiling or rendering took too long or too much memory, and was ended
 * `render-failed`       any other error while rendering for one customer
 */
export type TemplateErrorCode =
  | 'source-invalid'
  | 'mjml-invalid'
  | 'liquid-invalid'
  | 'string-missing'
  | 'limit-exceeded'
  | 'unsubscribe-missing'
  | 'stopped'
  | 'render-failed'

export interface TemplatePlace {
  template: string
  /** 1-based line of the template's MJML. */
  line?: number | undefined
  locale?: string | undefined
  /** Key of the string, where the error is in a string. */
  key?: string | undefined
}

/** The one error of this package: where (`place`), what was given and what was expected (`message`). */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
  readonly code: TemplateErrorCode
  readonly place: TemplatePlace
  /** The message without the place. */
  readonly problem: string

  constructor(code: TemplateErrorCode, place: TemplatePlace, problem: string, cause?: unknown) {
    super(`${describePlace(place)}: ${problem}`, cause === undefined ? undefined : { cause })
    this.code = code
    this.place = place
    this.problem = problem
  }
}

function describePlace({ template, line, locale, key }: TemplatePlace): string {
  const parts = [`template "${template}"`]
  if (locale !== undefined) parts.push(`locale "${locale}"`)
  if (key !== undefined) parts.push(`string "${key}"`)
  if (line !== undefined) parts.push(`line ${line}`)
  return parts.join(', ')
}
