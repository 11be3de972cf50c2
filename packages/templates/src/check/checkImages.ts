import { blankComments } from '../checkMjmlTags.ts'
import { lineAt } from '../lineAt.ts'
import type { TemplateProblem } from './templateProblem.ts'

const ATTRIBUTES = String.raw`((?:[^>"']|"[^"]*"|'[^']*')*)`
const IMAGE = new RegExp(`<(mj-image|mj-carousel-image|img)\\b${ATTRIBUTES}>`, 'gi')
const ONLY_IMAGE = new RegExp(`<a\\b${ATTRIBUTES}>\\s*<img\\b${ATTRIBUTES}>\\s*</a>`, 'gi')
const SOCIAL = new RegExp(`<mj-social-element\\b${ATTRIBUTES}(?:/>|>\\s*</mj-social-element>)`, 'gi')

/** The value of an attribute, or undefined where it is not there. */
function attribute(attributes: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes)
  return match ? (match[1] ?? match[2] ?? '') : undefined
}

/**
 * Images whose meaning is lost where they are not shown, or read out. One that only decorates says `alt=""`; one that is
 * all that there is of a link may not.
 */
export function checkImages(source: string): TemplateProblem[] {
  // Defaults of images are no images.
  const mjml = blankComments(source).replace(/<mj-attributes>[\s\S]*?<\/mj-attributes>/g, (defaults) =>
    defaults.replace(/[^\n]/g, ' '),
  )
  const problems: TemplateProblem[] = []
  const report = (at: number, element: string, problem: string) =>
    problems.push({
      severity: 'error',
      code: 'missing-alt',
      locale: null,
      place: { line: lineAt(mjml, at), element },
      message: `<${element}> ${problem}`,
    })
  for (const { 1: element = '', 2: attributes = '', index } of mjml.matchAll(IMAGE)) {
    const alt = attribute(attributes, 'alt')
    if (alt === undefined)
      report(index, element, 'has no alt; expected what it shows, or alt="" where it only decorates')
    else if (alt.trim() === '' && attribute(attributes, 'href') !== undefined)
      report(index, element, 'is a link without words; expected in alt where it leads')
  }
  for (const { 2: attributes = '', index } of mjml.matchAll(ONLY_IMAGE))
    if (attribute(attributes, 'alt')?.trim() === '')
      report(index, 'img', 'is all that there is of a link; expected in alt where it leads')
  for (const { 1: attributes = '', index } of mjml.matchAll(SOCIAL))
    if (!attribute(attributes, 'alt')?.trim())
      report(index, 'mj-social-element', 'has neither alt nor words; expected the name of the network')
  return problems
}
