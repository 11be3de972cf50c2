import type { Settings } from '@ciclo/engine'
import {
  chooseLocale,
  compileTemplate,
  createRenderPool,
  LOCALES,
  renderTemplate,
  type CompiledTemplate,
  type Locale,
  type RenderedMail,
  type RenderPool,
  type TemplateData,
  type TemplateSource,
} from '@ciclo/templates'
import { CicloError } from '../errors.ts'
import type { RecommendedKind } from '../recommendations/recommend.ts'
import { readPublishedVersions, readTemplateVersion } from '../store/queries/templates.ts'
import type { Store } from '../store/store.ts'
import { ownTemplate } from '../templates/ownTemplate.ts'
import { recommendedKinds } from '../templates/recommendedKinds.ts'
import { shippedTemplates } from '../templates/shippedTemplates.ts'
import { withStrings } from '../templates/withStrings.ts'

export interface MailRequest {
  /** The customer's. */
  locale: string
  settings: Pick<Settings, 'brand' | 'formality' | 'locale'>
  data: TemplateData
  /** What of the template's strings is in other words in this mail, by the language: of a variant of a campaign. */
  strings?: TemplateSource['strings'] | undefined
  link: (url: string) => string
  /** For previews: an unknown variable throws instead of rendering empty. */
  strict?: boolean
}

/** Templates of the workspaces, and those that come with Ciclo: what mails are made of. */
export interface TemplateCache {
  render(workspaceId: string, name: string, request: MailRequest): Promise<RenderedMail>
  /** Renders what a shop has written, in a process of its own. */
  renderOwn(source: TemplateSource, request: MailRequest): Promise<RenderedMail>
  /** The language that somebody gets it in, of those that they or their shop wish for, the best first. */
  languageOf(workspaceId: string, name: string, wished: readonly string[]): Promise<string>
  /** What a template says in that language, by its own names. */
  stringsOf(
    workspaceId: string,
    name: string,
    wished: readonly string[],
    formality: Settings['formality'],
  ): Promise<Readonly<Record<string, string>>>
  /** In which ways a template recommends something: what no mail of it shows need not be looked up. */
  recommendedKinds(workspaceId: string, name: string): Promise<RecommendedKind[]>
  /** For what it may be sent; undefined: for both, or there is none. */
  purposeOf(workspaceId: string, name: string): Promise<TemplateSource['purpose']>
  /** What becomes of a mail that a server was being handed when its sender crashed. */
  afterCrash(workspaceId: string, name: string): Promise<'resend' | 'hold'>
  /** A version was published by this process: the next mail is made of it. */
  forget(workspaceId: string): void
  stop(): Promise<void>
}

/** The language of our own pages: the one wished for where they have it, else English. */
export function supportedLocale(wished: string): Locale {
  const language = chooseLocale(LOCALES, [wished])
  return LOCALES.find((locale) => locale === language) ?? 'en'
}

export interface TemplateCacheOptions {
  /** Where workspaces have templates of their own; without it, only the shipped ones are known. */
  store?: Pick<Store, 'read'>
  /** A pool of its own, when left out. */
  pool?: RenderPool
  /** Milliseconds since some moment, however the clock is moved. */
  elapsed?: () => number
}

/** In milliseconds: as late another process notices that a version was published. */
const FRESH = 1_000
/** Compiled templates of all brands together: some 100 kilobytes each. */
const COMPILED = 500

interface Own {
  lookedAt: number
  versions: ReadonlyMap<string, number>
}

/** A brand as text, by the object: that of one workspace is the same one from mail to mail. */
function createBrandKeys() {
  const known = new WeakMap<Settings['brand'], string>()
  return (brand: Settings['brand']): string => {
    const key = known.get(brand) ?? JSON.stringify(brand)
    known.set(brand, key)
    return key
  }
}

const compileShipped = async (name: string, { brand, formality }: MailRequest['settings']) => {
  const source = (await shippedTemplates()).get(name)
  if (!source) throw new CicloError('not-found', `There is no template ${name}`)
  return await compileTemplate(source, { brand, formality })
}

const lookUp = async (from: Pick<Store, 'read'>, workspaceId: string, lookedAt: number): Promise<Own> => ({
  lookedAt,
  versions: await from.read((tx) => readPublishedVersions(tx, workspaceId)),
})

/** Each shipped template is compiled once for each brand and form of address, at its first mail. */
export function createTemplateCache({
  store,
  pool,
  elapsed = () => performance.now(),
}: TemplateCacheOptions = {}): TemplateCache {
  const brandKey = createBrandKeys()
  const compiled = new Map<string, Promise<CompiledTemplate>>()
  const owns = new Map<string, Promise<Own>>()
  const sources = new Map<string, Promise<TemplateSource | null>>()
  let own = pool

  const shipped = (name: string, settings: MailRequest['settings']): Promise<CompiledTemplate> => {
    const key = `${name}\n${settings.formality}\n${brandKey(settings.brand)}`
    const known = compiled.get(key)
    if (known) return known
    if (compiled.size >= COMPILED) for (const [oldest] of [...compiled].slice(0, 1)) compiled.delete(oldest)
    const compiling = compileShipped(name, settings)
    compiled.set(key, compiling)
    return compiling
  }

  const versionsOf = async (from: Pick<Store, 'read'>, workspaceId: string) => {
    const known = owns.get(workspaceId)
    if (known) {
      const { lookedAt, versions } = await known
      if (elapsed() - lookedAt < FRESH) return versions
      // Another mail may be asking already.
      if (owns.get(workspaceId) !== known) return (await owns.get(workspaceId))?.versions ?? versions
    }
    const looking = lookUp(from, workspaceId, elapsed())
    owns.set(workspaceId, looking)
    // The next mail asks again.
    looking.catch(() => owns.delete(workspaceId))
    return (await looking).versions
  }

  /** What the workspace itself has published under a name; null where it has not, and the shipped one is used. */
  const ownSource = async (workspaceId: string, name: string): Promise<TemplateSource | null> => {
    if (!store) return null
    const version = (await versionsOf(store, workspaceId)).get(name)
    if (version === undefined) return null
    const key = `${workspaceId}\n${name}\n${version}`
    const known = sources.get(key)
    if (known) return await known
    if (sources.size >= COMPILED) sources.clear()
    const reading = store.read(async (tx) => {
      const row = await readTemplateVersion(tx, workspaceId, name, version)
      return row ? ownTemplate(row) : null
    })
    sources.set(key, reading)
    reading.catch(() => sources.delete(key))
    return await reading
  }

  const renderOwn = async (
    source: TemplateSource,
    { locale, settings, data, link, strict = false }: MailRequest,
  ): Promise<RenderedMail> => {
    const { brand, formality, locale: fallback } = settings
    own ??= createRenderPool()
    return await own.render(source, { brand, formality }, { locale, fallback, data, link, strict })
  }

  return {
    renderOwn,
    render: async (workspaceId, name, request) => {
      const { locale, settings, data, strings, link, strict = false } = request
      const source = await ownSource(workspaceId, name)
      const worded = strings && (source ?? (await shippedTemplates()).get(name))
      // What a shop has written is rendered apart, also where it is no more than a subject.
      if (worded) return await renderOwn(withStrings(worded, strings), request)
      if (source) return await renderOwn(source, request)
      const template = await shipped(name, settings)
      return renderTemplate(template, { locale, fallback: settings.locale, data, link, strict })
    },
    languageOf: async (workspaceId, name, wished) => {
      const source = await ownSource(workspaceId, name)
      return chooseLocale(source ? Object.keys(source.strings) : LOCALES, wished)
    },
    stringsOf: async (workspaceId, name, wished, formality) => {
      const changed: TemplateSource | null = await ownSource(workspaceId, name)
      const source: TemplateSource | undefined = changed ?? (await shippedTemplates()).get(name)
      if (!source) return {}
      const { strings, formal = {} }: Pick<TemplateSource, 'strings' | 'formal'> = source
      const language = chooseLocale(Object.keys(strings), wished)
      return { ...strings[language], ...(formality === 'formal' ? formal[language] : {}) }
    },
    recommendedKinds: async (workspaceId, name) => {
      const source = (await ownSource(workspaceId, name)) ?? (await shippedTemplates()).get(name)
      return source ? recommendedKinds(source) : []
    },
    purposeOf: async (workspaceId, name) =>
      ((await ownSource(workspaceId, name)) ?? (await shippedTemplates()).get(name))?.purpose,
    afterCrash: async (workspaceId, name) => {
      const source = (await ownSource(workspaceId, name)) ?? (await shippedTemplates()).get(name)
      return source?.afterCrash ?? 'resend'
    },
    forget: (workspaceId) => {
      owns.delete(workspaceId)
    },
    stop: async () => {
      await own?.stop()
    },
  }
}
