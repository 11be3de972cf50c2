import type { Liquid, Template } from 'liquidjs'
import { z } from 'zod'
import { addOpenPixel } from './addOpenPixel.ts'
import { applyBrand, brandData, DEFAULT_BRAND, type TemplateBrand } from './brand.ts'
import type { CompiledParts, CompiledTemplate } from './compiledTemplate.ts'
import { compileMjml } from './compileMjml.ts'
import { createEngine } from './createEngine.ts'
import { registerDataTag, useDataTag } from './dataTag.ts'
import { deriveText } from './deriveText.ts'
import { escapeHtml } from './escapeHtml.ts'
import { inlineLocale } from './inlineLocale.ts'
import { inlineStrings } from './inlineStrings.ts'
import { markLinks } from './markLinks.ts'
import { parseLiquid } from './parseLiquid.ts'
import { registerTrackedLink } from './registerTrackedLink.ts'
import { resolveStrings, type Formality } from './resolveStrings.ts'
import { startSides } from './startSides.ts'
import { TemplateError } from './templateError.ts'
import { TemplateSource } from './templateSource.ts'

export interface CompileOptions {
  /** `DEFAULT_BRAND`, if left out. */
  brand?: TemplateBrand | undefined
  /** Informal, if left out. */
  formality?: Formality | undefined
}

/**
 * Does everything about a template version that does not depend on the customer: MJML to HTML, HTML to text,
 * finding the links, putting in brand and strings and parsing all Liquid. 10 to 30 ms: keep the result for as long
 * as version, brand and formality are in use.
 *
 * Throws `TemplateError` (`source-invalid`, `mjml-invalid`, `liquid-invalid`, `string-missing`, `limit-exceeded`).
 */
export async function compileTemplate(
  input: TemplateSource,
  { brand = DEFAULT_BRAND, formality = 'informal' }: CompileOptions = {},
): Promise<CompiledTemplate> {
  const source = checkSource(input)
  const { name: template, mjml } = source
  checkLiquid(source)
  const strings = resolveStrings(source, formality)

  const marked = markLinks(startSides(await compileMjml(template, applyBrand(mjml, brand))))
  const html = addOpenPixel(marked.html)
  const text = deriveText(marked.html)

  const htmlEngine = createEngine({ escape: true })
  const textEngine = createEngine({ escape: false })
  for (const [engine, escape] of [
    [htmlEngine, escapeHtml],
    [textEngine, asIs],
  ] as const) {
    registerDataTag(engine, escape)
    registerTrackedLink(engine, escape)
  }

  const compileParts = (locale: string): CompiledParts => {
    const parse = (engine: Liquid, document: string, escape: (text: string) => string): Template[] => {
      const localized = inlineStrings(inlineLocale(document, locale), strings.get(locale) ?? {}, escape)
      return parseLiquid(engine, useDataTag(localized), {
        template,
        locale,
        hasLines: false,
      })
    }
    const parsePlain = (document: string): Template[] => parse(textEngine, document, asIs)
    return {
      subject: parsePlain(`{{ 'subject' | t }}`),
      preheader: parsePlain(`{{ 'preheader' | t }}`),
      html: parse(htmlEngine, html, escapeHtml),
      text: parsePlain(text),
      links: marked.links.map(parsePlain),
    }
  }
  return {
    name: template,
    engine: htmlEngine,
    brand: brandData(brand),
    parts: new Map([...strings.keys()].map((locale) => [locale, compileParts(locale)])),
    linkSources: marked.links,
  }
}

function checkSource(input: TemplateSource): TemplateSource {
  const parsed = TemplateSource.safeParse(input)
  if (parsed.success) return parsed.data
  const template = typeof input?.name === 'string' ? input.name : '(unnamed)'
  throw new TemplateError('source-invalid', { template }, z.prettifyError(parsed.error), parsed.error)
}

function asIs(text: string): string {
  return text
}

// The compiled HTML is parsed in any case, but only the MJML has the author's lines.
function checkLiquid({ name, mjml }: TemplateSource): void {
  const engine = createEngine({ escape: false })
  engine.registerFilter('t', (key: unknown) => key)
  parseLiquid(engine, mjml, { template: name, hasLines: true })
}
