import { blankComments } from '../checkMjmlTags.ts'
import { lineAt } from '../lineAt.ts'
import { decodeHref, HREF } from '../markLinks.ts'
import type { TemplateProblem } from './templateProblem.ts'

interface Href {
  href: string
  line: number
}

/** Every href of the MJML with its line, as `markLinks` sees it in the HTML. */
export function hrefsOf(source: string): Href[] {
  const mjml = blankComments(source)
  return [...mjml.matchAll(HREF)].map(({ 1: double, 2: single, index }) => ({
    href: decodeHref((double ?? single ?? '').trim()),
    line: lineAt(mjml, index),
  }))
}

/** Links that lead nowhere whoever gets the mail. */
export function checkPlaceholders(mjml: string): TemplateProblem[] {
  return hrefsOf(mjml).flatMap(({ href, line }): TemplateProblem[] => {
    if (href !== '#' && href !== '') return []
    const message = `href="${href}" leads nowhere; expected an http(s) address, mailto: or one of urls`
    return [{ severity: 'error', code: 'broken-link', locale: null, place: { line }, message }]
  })
}

/** The line of each link that `linkSources` names, by its index. */
export function linesOfLinks(mjml: string, linkSources: readonly string[]): (number | undefined)[] {
  const waiting = hrefsOf(mjml)
  return linkSources.map((source) => {
    const place = waiting.findIndex(({ href }) => href === source)
    // MJML shows some links twice, for Outlook: those have no second place.
    return place < 0 ? waiting.find(({ href }) => href === source)?.line : waiting.splice(place, 1)[0]?.line
  })
}

/** What is wrong with an address that a link leads to, or undefined. */
export function linkProblem(url: string): string | undefined {
  if (/^mailto:/i.test(url))
    return /^mailto:[^@\s?]+@[^@\s?]+\.[^@\s?]+/i.test(url) ? undefined : 'expected an address behind mailto:'
  if (/^tel:/i.test(url)) return undefined
  if (!/^https?:\/\//i.test(url)) return 'expected an address that begins with https://, http:// or mailto:'
  return URL.canParse(url) && !/[\s<>"{}|\\^`]/.test(url)
    ? undefined
    : 'expected an address that can be read as one'
}
