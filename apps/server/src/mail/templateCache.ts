import {
  compileTemplate,
  loadShippedTemplates,
  LOCALES,
  renderTemplate,
  type CompiledTemplate,
  type Locale,
  type RenderedMail,
} from '@ciclo/templates'
import { CicloError } from '../errors.ts'

export interface RenderRequest {
  locale: string
  data: Parameters<typeof renderTemplate>[1]['data']
  link: (url: string) => string
}

export interface TemplateCache {
  render(name: string, request: RenderRequest): Promise<RenderedMail>
}

/** The locale to render in: the one wished for where the templates have it, else English. */
export function supportedLocale(wished: string): Locale {
  const language = wished.slice(0, 2).toLowerCase()
  return LOCALES.find((locale) => locale === language) ?? 'en'
}

/** Compiled templates by name: each is compiled once, at its first mail. */
export function createTemplateCache(): TemplateCache {
  const sources = loadShippedTemplates()
  const compiled = new Map<string, Promise<CompiledTemplate>>()

  const compile = async (name: string) => {
    const source = (await sources).find((template) => template.name === name)
    if (!source) throw new CicloError('not-found', `There is no template ${name}`)
    return await compileTemplate(source)
  }

  return {
    render: async (name, { locale, data, link }) => {
      let template = compiled.get(name)
      if (!template) compiled.set(name, (template = compile(name)))
      return renderTemplate(await template, { locale: supportedLocale(locale), data, link })
    },
  }
}
