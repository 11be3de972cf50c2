import { Context, type Template } from 'liquidjs'
import type { CompiledTemplate } from './compiledTemplate.ts'
import { liquidProblem } from './liquidProblem.ts'
import { localeData } from './inlineLocale.ts'
import { chooseLocale } from './locale.ts'
import { setRenderState, type RenderState } from './renderState.ts'
import type { TemplateData } from './templateData.ts'
import { TemplateError } from './templateError.ts'

export interface RenderRequest {
  /** The customer's, as a BCP 47 tag; the template's own fallback where it has neither this language nor the next. */
  locale: string
  /** The shop's, for customers whose language the template does not have. */
  fallback?: string | undefined
  data: TemplateData
  /** Called once per trackable URL of the mail with the plain URL; what it returns stands in HTML and text. */
  link: (url: string) => string
  /** For previews: an unknown variable throws instead of rendering empty. */
  strict?: boolean
  /** For checks: told of links that lead nowhere, by their index in `linkSources`. */
  onDeadLink?: ((index: number, url: string) => void) | undefined
}

export interface RenderedMail {
  /** One line, not escaped. */
  subject: string
  /** One line, not escaped; it is also in `html`. */
  preheader: string
  html: string
  text: string
  /** The language that it is in. */
  locale: string
}

/** Renders for one customer. Throws `TemplateError` (`limit-exceeded`, `unsubscribe-missing`, `render-failed`). */
export function renderTemplate(compiled: CompiledTemplate, request: RenderRequest): RenderedMail {
  const { data, link, onDeadLink } = request
  const { engine, name: template } = compiled
  const locale = chooseLocale([...compiled.parts.keys()], [request.locale, request.fallback ?? ''])
  if (data.purpose === 'marketing' && !data.urls.unsubscribe) {
    const problem = 'marketing mail without urls.unsubscribe; expected the URL of the unsubscribe page'
    throw new TemplateError('unsubscribe-missing', { template, locale }, problem)
  }

  const parts = compiled.parts.get(locale)
  if (parts === undefined)
    throw new TemplateError(
      'source-invalid',
      { template, locale },
      'expected strings in at least one language',
    )
  const scope = { ...data, brand: compiled.brand, ...localeData(locale) }
  const state: RenderState = { links: parts.links, link: once(link), onDeadLink }
  const options = { sync: true, strictVariables: request.strict ?? false }
  const render = (parsed: Template[]): string => {
    // A context of its own per part: what `assign` sets in the HTML must not show in the text.
    const context = new Context(scope, engine.options, options, { liquid: engine })
    setRenderState(context, state)
    return String(engine.renderSync(parsed, context))
  }
  // The limit is of the clock on the wall: a machine that paused may have used it up without rendering.
  const renderOrRetry = (parsed: Template[]): string => {
    try {
      return render(parsed)
    } catch (error) {
      if (!liquidProblem(error).message.startsWith('template render limit')) throw error
      return render(parsed)
    }
  }

  try {
    return {
      subject: toLine(renderOrRetry(parts.subject)),
      preheader: toLine(renderOrRetry(parts.preheader)),
      html: renderOrRetry(parts.html),
      text: tidy(renderOrRetry(parts.text)),
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
  const lines = text.split('\n').map((line) => line.trim())
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}
