import type { Liquid, Template } from 'liquidjs'
import type { brandData } from './brand.ts'

/** One mail in one locale: parsed, with the strings of that locale already in it. */
export interface CompiledParts {
  readonly subject: Template[]
  readonly preheader: Template[]
  readonly html: Template[]
  readonly text: Template[]
  /** The trackable links in their order in the HTML; the parts refer to them by index. */
  readonly links: readonly Template[][]
}

/** One version of a template with everything parsed. Immutable and safe to share between renders. */
export interface CompiledTemplate {
  readonly name: string
  readonly engine: Liquid
  readonly brand: ReturnType<typeof brandData>
  /** By language; the others fall back to `fallback`. */
  readonly parts: ReadonlyMap<string, CompiledParts>
  /** The links as they stand in the MJML, in the order of `links`. */
  readonly linkSources: readonly string[]
}
