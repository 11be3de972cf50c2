import type { TemplateErrorCode } from '../templateError.ts'

/**
 * `unknown-variable`      Liquid names something that no mail has
 * `missing-string`        a language lacks a string that the template shows, or all of them
 * `unused-string`         a string that the template does not show
 * `broken-link`           a link that leads to no page
 * `missing-alt`           an image without a description
 * `too-large`             more HTML than mail clients show
 * `missing-unsubscribe`   marketing without a link to unsubscribe by
 * `strike-without-lowest` a price struck through without the lowest one of the 30 days before
 * `low-contrast`          colours of the brand that many people cannot tell apart
 */
export type TemplateProblemCode =
  | TemplateErrorCode
  | 'unknown-variable'
  | 'missing-string'
  | 'unused-string'
  | 'broken-link'
  | 'missing-alt'
  | 'too-large'
  | 'missing-unsubscribe'
  | 'strike-without-lowest'
  | 'low-contrast'

/** Something that is wrong with a template: an error keeps it from being published. */
export interface TemplateProblem {
  severity: 'error' | 'warning'
  code: TemplateProblemCode
  /** The language of the mail; null where it is so in all of them. */
  locale: string | null
  /** As far as it is known: the line of the MJML, from 1, the key of the string, the element. */
  place: { line?: number; key?: string; element?: string }
  message: string
}
