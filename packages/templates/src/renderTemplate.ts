import { Context, type Template } from 'liquidjs'
import type { CompiledTemplate } from './compiledTemplate.ts'
import { liquidProblem } from './liquidProblem.ts'
import { DIRECTIONS, type Locale } from './locale.ts'
import { setRenderState, type RenderState } from './renderState.ts'
import type { TemplateData } from './templateData.ts'
import { TemplateError } from './templateError.ts'

export interface RenderRequest {
  locale: Locale
  data: TemplateData
  /** Called once per trackable URL of the mail with the plain URL; what it returns stands in HTML and text. */
  link: (url: string) => string
  /** For previews: an unknown variable throws instead of rendering empty. */
  strict?: boolean
}

export interface RenderedMail {
  /** One line, not escaped. */
  subject: string
  /** One line, not escaped; it is also in `html`. */
  preheader: string
  html: string
  text: string
  locale: Locale
}

/** Renders for one customer. Throws `TemplateError` (`limit-exceeded`, `unsubscribe-missing`, `render-failed`). */
export function renderTemplate(compiled: CompiledTemplate, request: RenderRequest): RenderedMail {
  const { locale, data, link } = request
  const { engine, name: template } = compiled
  if (data.purpose === 'marketing' && !data.urls.unsubscribe) {
    const problem = 'marketing mail without urls.unsubscribe; expected the URL of the unsubscribe page'
    throw new TemplateError('unsubscribe-missing', { template, locale }, problem)
  }

  const parts = compiled.parts[locale]
  const scope = { ...data, locale, direction: DIRECTIONS[locale] }
  const state: RenderState = { links: parts.links, link: once(link) }
  const options = { sync: true, strictVariables: request.strict ?? false }
  const render = (parsed: Template[]): string => {
    // A context of its own per part: what `assign` sets in the HTML must not show in the text.
    const context = new Context(scope, engine.options, options, { liquid: engine })
    setRenderState(context, state)
    return String(engine.renderSync(parsed, context))
  }

  try {
    return {
      subject: toLine(render(parts.subject)),
      preheader: toLine(render(parts.preheader)),
      html: render(parts.html),
      text: tidy(render(parts.text)),
      locale,
    }
  } catch (error) {
    const { message, isLimit } = liquidProblem(error)
    if (!isLimit) throw new TemplateError('render-failed', { template, locale }, message, error)
    const { renderLimit, memoryLimit } = engine.options
    const problem = `${message}; expected at most ${renderLimit} ms and ${memoryLimit} items per part`
    throw new TemplateError('limit-exceeded', { template, locale }, problem, error)
  }
}

function once(link: (url: string) => string): (url: string) => string {
  const rewritten = new Map<string, string>()
  return (url) => {
    const known = rewritten.get(url)
    if (known !== undefined) return known
    const result = link(url)
    rewritten.set(url, result)
    return result
  }
}

/** Line breaks and other control characters become a space, so that a name cannot add a header (RFC 5322, 2.2). */
function toLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** Conditions that rendered to nothing leave lines of blanks behind. Linear also for a name of many blanks. */
function tidy(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd())
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}
