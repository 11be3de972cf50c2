import type { Purpose, Settings } from '@ciclo/engine'
import {
  chooseLocale,
  TemplateError,
  type RenderedMail,
  type TemplateData,
  type TemplateProblem,
  type TemplateSource,
} from '@ciclo/templates'
import { CicloError } from '../errors.ts'
import type { ReadMailData } from '../mail/readMailData.ts'
import type { MailRequest, TemplateCache } from '../mail/templateCache.ts'
import { findCustomers, readCustomer, type CustomerRecord } from '../store/queries/customers.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'
import { currentTemplate } from './changeTemplate.ts'
import { customerMail } from './customerMail.ts'
import { readTemplateUse } from './journeysOfTemplate.ts'
import { recommendedKinds } from './recommendedKinds.ts'
import { madeUpMail } from './madeUpMail.ts'
import { SAMPLE_PICTURE } from './samplePicture.ts'

export interface PreviewOptions {
  store: Pick<Store, 'read'>
  templates: TemplateCache
  readMailData: ReadMailData
  publicUrl: () => string
  shopUrl: () => string
}

export interface PreviewRequest {
  name: string
  /** What is not saved yet; the draft, what is published or shipped, if left out. */
  source?: TemplateSource | undefined
  /** Whose mail it is; made-up data, if neither is said. */
  customerId?: string | undefined
  email?: string | undefined
  locale?: string | undefined
  purpose?: Purpose | undefined
  /** As they are not saved yet. */
  settings?: Settings | undefined
  /** Unknown variables are problems. */
  strict?: boolean | undefined
}

export interface Preview {
  mail: RenderedMail
  purpose: Purpose
  settings: Settings
  problems: TemplateProblem[]
}

/** Pages of ours as they look in a mail; nothing happens there, since no token stands in them. */
function pagesOf(base: string, purpose: Purpose): TemplateData['urls'] {
  if (purpose === 'transactional') return { confirm: `${base}/confirm/preview` }
  return {
    unsubscribe: `${base}/u/preview`,
    preferences: `${base}/p/preview`,
    viewInBrowser: `${base}/v/preview`,
    survey: `${base}/s/preview`,
  }
}

const isUnknownVariable = (error: unknown) =>
  error instanceof TemplateError && error.code === 'render-failed' && /undefined variable/.test(error.problem)

const warningOf = (error: unknown): TemplateProblem[] => {
  if (!(error instanceof TemplateError)) throw error
  const message = `${error.problem}: this mail does not have it; expected {% if %} around what may be missing`
  return [
    { severity: 'warning', code: 'unknown-variable', locale: error.place.locale ?? null, place: {}, message },
  ]
}

/** A mistake of the one who wrote the template, with its place. */
const invalidTemplate = (error: TemplateError) => {
  const { line, key, locale = null } = error.place
  const place = { ...(line === undefined ? {} : { line }), ...(key === undefined ? {} : { key }) }
  const problem: TemplateProblem = {
    severity: 'error',
    code: error.code,
    locale,
    place,
    message: error.problem,
  }
  return new CicloError('invalid-template', error.message, { cause: error, problems: [problem] })
}

export type PreviewMail = ReturnType<typeof createPreview>

/** Renders a template as somebody would get it now. Throws `invalid-template` where it cannot be rendered. */
export function createPreview({ store, templates, readMailData, publicUrl, shopUrl }: PreviewOptions) {
  const look = (workspaceId: string, request: PreviewRequest) =>
    store.read(async (tx) => {
      const { name, source, customerId, email } = request
      let found: CustomerRecord | undefined
      if (customerId !== undefined) found = await readCustomer(tx, workspaceId, customerId)
      else if (email !== undefined)
        [found] = await findCustomers(tx, workspaceId, { kind: 'email', value: email.trim().toLowerCase() })
      if (!found && (customerId ?? email) !== undefined)
        throw new CicloError('not-found', `There is no customer ${customerId ?? email}`)
      const settings = request.settings ?? (await readSettings(tx, workspaceId))
      const { purposes, events } = await readTemplateUse(tx, workspaceId, name)
      const current = source ? undefined : await currentTemplate(tx, workspaceId, name)
      const written = source ?? current?.source
      return {
        settings,
        customer: found?.customer,
        data: found && (await customerMail(tx, workspaceId, found.customer, { events, settings })),
        /** Null: what comes with Ciclo. */
        own: current?.of === 'shipped' ? null : (written ?? null),
        locales: Object.keys(written?.strings ?? {}),
        purpose: request.purpose ?? written?.purpose ?? purposes[0] ?? 'marketing',
      }
    })

  return async (workspaceId: string, request: PreviewRequest): Promise<Preview> => {
    const { name, strict = false } = request
    const { settings, customer, data, own, locales, purpose } = await look(workspaceId, request)
    const locale = request.locale ?? customer?.locale?.value ?? settings.locale
    const language = chooseLocale(locales, [locale, settings.locale])
    const mailData: TemplateData = {
      ...(data
        ? await readMailData(
            { workspaceId, data, customerId: customer?.id },
            settings,
            { locale, language },
            own ? recommendedKinds(own) : await templates.recommendedKinds(workspaceId, name),
          )
        : madeUpMail(purpose, `${publicUrl()}${SAMPLE_PICTURE}`, language)),
      shop: { ...settings.shop, url: settings.shop.url || shopUrl() },
      urls: pagesOf(publicUrl(), purpose),
      purpose,
    }
    const render = (isStrict: boolean) => {
      const wanted: MailRequest = { locale, settings, data: mailData, link: (url) => url, strict: isStrict }
      return own ? templates.renderOwn(own, wanted) : templates.render(workspaceId, name, wanted)
    }
    try {
      if (strict) {
        try {
          return { mail: await render(true), purpose, settings, problems: [] }
        } catch (error) {
          if (!isUnknownVariable(error)) throw error
          return { mail: await render(false), purpose, settings, problems: warningOf(error) }
        }
      }
      return { mail: await render(false), purpose, settings, problems: [] }
    } catch (error) {
      throw error instanceof TemplateError ? invalidTemplate(error) : error
    }
  }
}
