import {
  compileTemplate,
  DEFAULT_BRAND,
  loadShippedTemplates,
  LOCALES,
  renderTemplate,
  type Formality,
  type Locale,
  type RenderedMail,
  type ShippedTemplate,
  type TemplateBrand,
  type TemplateData,
} from '../../src/index.ts'
import { storyData } from './storyData.ts'

interface ShippedOptions {
  brand?: TemplateBrand
  formality?: Formality
}

export interface ShippedMail extends RenderedMail {
  name: string
  locale: Locale
  /** The mail where the shop has told nothing but its name and address. */
  bare: RenderedMail
}

/** A shop that has its pages elsewhere, so that every section of the layout shows. */
const BRAND = {
  ...DEFAULT_BRAND,
  social: [
    { network: 'instagram', url: 'https://instagram.example/casaluna' },
    { network: 'tiktok', url: 'https://tiktok.example/casaluna' },
    { network: 'pinterest', url: 'https://pinterest.example/casaluna' },
  ],
}

const link = (url: string) => `https://mail.example/c/${Buffer.from(url).toString('base64url')}`

/** Marketing mails show their purpose by nothing in their source: these are the others. */
const TRANSACTIONAL = new Set(
  `back-in-stock opt-in-confirmation order-confirmation order-delivered order-late order-ready order-shipped
  payment-failed payment-pending referral-reward refund-issued return-received withdrawal-received`.split(
    /\s+/,
  ),
)

async function renderShipped(source: ShippedTemplate, options: ShippedOptions): Promise<ShippedMail[]> {
  const compiled = await compileTemplate(source, { brand: BRAND, ...options })
  const purpose = TRANSACTIONAL.has(source.name) ? 'transactional' : 'marketing'
  const render = (locale: Locale, data: TemplateData) =>
    renderTemplate(compiled, { locale, data, link, strict: true })
  return LOCALES.map((locale): ShippedMail => {
    const data = storyData(source.name, locale, purpose)
    const { shop, urls } = data
    const bare: TemplateData = {
      purpose,
      shop,
      customer: { email: data.customer.email },
      urls: { confirm: urls.confirm, unsubscribe: urls.unsubscribe },
    }
    return { ...render(locale, data), name: source.name, locale, bare: render(locale, bare) }
  })
}

/** Every shipped mail in every language, with all that it can show, and with nothing. */
export async function renderShippedMails(options: ShippedOptions = {}): Promise<ShippedMail[]> {
  const mails: ShippedMail[] = []
  for (const source of await loadShippedTemplates()) mails.push(...(await renderShipped(source, options)))
  return mails
}
