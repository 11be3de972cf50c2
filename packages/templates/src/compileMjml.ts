import { z } from 'zod'
import { blankComments, checkMjmlTags } from './checkMjmlTags.ts'
import { lineAt } from './lineAt.ts'
import { loadMjml } from './loadMjml.ts'
import { TemplateError } from './templateError.ts'

const MjmlProblem = z.object({ line: z.number(), tagName: z.string(), message: z.string() })
type MjmlProblem = z.infer<typeof MjmlProblem>

// MJML does not export the class of its validation error.
const ValidationError = z.object({ errors: z.array(MjmlProblem) })

/**
 * MJML to HTML with the Liquid inside left as it is. `lang` and `dir` become Liquid too, because one
 * compiled document serves all locales (MJML itself would write `lang="und"`).
 */
export async function compileMjml(template: string, mjml: string): Promise<string> {
  checkMjmlTags(template, mjml)
  const html = await toHtml(template, withLanguage(mjml))
  checkNothingIsLost(template, mjml, html)
  return html
}

async function toHtml(template: string, mjml: string): Promise<string> {
  const mjml2html = await loadMjml()
  try {
    // No fonts: MJML's default list would make mail clients fetch from a third party.
    const result = await mjml2html(mjml, { validationLevel: 'strict', keepComments: false, fonts: {} })
    return result.html
  } catch (error) {
    const problems = problemsOf(error)
    const message = error instanceof Error ? error.message : String(error)
    const text =
      problems.map(describe).join('; ') || `${message}; expected a document of the form <mjml><mj-body>...`
    throw new TemplateError('mjml-invalid', { template, line: problems[0]?.line ?? 1 }, text, error)
  }
}

function problemsOf(error: unknown): MjmlProblem[] {
  return ValidationError.safeParse(error).data?.errors ?? []
}

function describe({ line, tagName, message }: MjmlProblem): string {
  return `<${tagName}> on line ${line}: ${message.replace(/\.$/, '')}${expectation(message)}`
}

// MJML's own message already says what is allowed for places and values.
function expectation(message: string): string {
  if (message.includes("doesn't exist"))
    return '; expected an MJML element such as mj-section, mj-text or mj-button'
  if (message.includes('illegal')) return '; expected only attributes that MJML defines for this element'
  return ''
}

function withLanguage(mjml: string): string {
  return mjml.replace(/<mjml\b([^>]*)>/, (_tag, attributes: string) => {
    const others = attributes.replace(/\s(?:lang|dir)\s*=\s*(?:"[^"]*"|'[^']*')/g, '')
    return `<mjml lang="{{ locale }}" dir="{{ direction }}"${others}>`
  })
}

/** MJML drops text that stands between its elements without a word; with a lost `{% if %}` goes its condition. */
function checkNothingIsLost(template: string, mjml: string, html: string): void {
  const found = squash(html)
  for (const match of blankComments(mjml).matchAll(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g)) {
    if (found.includes(squash(match[0]))) continue
    const problem = `MJML drops ${match[0]} here; expected Liquid between elements to stand in <mj-raw>`
    throw new TemplateError('mjml-invalid', { template, line: lineAt(mjml, match.index) }, problem)
  }
}

function squash(text: string): string {
  return text.replace(/\s+/g, ' ')
}
