import { SettingsSchema, type CatalogueProduct } from '@ciclo/engine'
import { loadShippedTemplates, LOCALES } from '@ciclo/templates'
import { Liquid } from 'liquidjs'
import { createBounceAddresses } from '../../apps/server/src/mail/bounceAddress.ts'
import { createComposeMail, type ComposedMail } from '../../apps/server/src/mail/composeMail.ts'
import { createMailLinks } from '../../apps/server/src/mail/mailLinks.ts'
import { createReadMailData } from '../../apps/server/src/mail/readMailData.ts'
import { createRenderMessage } from '../../apps/server/src/mail/renderMessage.ts'
import { createTemplateCache } from '../../apps/server/src/mail/templateCache.ts'
import { mailIdOf } from '../../apps/server/src/mailId.ts'
import type { MailSender } from '../../apps/server/src/sending/mailSender.ts'
import type { OutboxMessage } from '../../apps/server/src/store/queries/messages.ts'
import { createTokens } from '../../apps/server/src/tokens.ts'
import { SECRET } from './openCiclo.ts'
import { median } from './statistics.ts'

const settings = SettingsSchema.parse({
  shop: { name: 'Cafetal', address: 'Calle del Grano 12, 28012 Madrid' },
})

/** What a large cart is made of. */
const PRODUCTS: CatalogueProduct[] = Array.from({ length: 10 }, (_, place) => ({
  id: `p${place}`,
  sku: null,
  name: `Single origin coffee, washed, ${place + 1} kg`,
  brand: null,
  category: 'coffee',
  url: `https://shop.test/products/single-origin-coffee-${place}`,
  imageUrl: `https://shop.test/images/single-origin-coffee-${place}.jpg`,
  price: 1990 + place,
  currency: 'EUR',
  reduction: null,
  trusted: true,
  claimed: [],
  updatedAt: 0,
}))

/** A message of the outbox, as the sender claims it. */
function messageOf(template: string, locale: string, products: readonly CatalogueProduct[]): OutboxMessage {
  const at = Date.now()
  const email = 'ana.garcia@example.com'
  const named = {
    workspaceId: '01KAMN5W3DYFXHXK4T0Q0R9Z1B',
    id: `${template}/01KAMN5W3DYFXHXK4T0Q0R9Z1C/0d9a2a9e-3f0c-4a53-9b86-f7b1f1d5a0a1/mail/1`,
    createdAt: at,
  }
  return {
    ...named,
    mailId: mailIdOf(named),
    customerId: '01KAMN5W3DYFXHXK4T0Q0R9Z1C',
    enrolmentId: null,
    journeyId: template,
    stepId: 'mail',
    template,
    purpose: template === 'opt-in-confirmation' ? 'transactional' : 'marketing',
    locale,
    address: email,
    claimed: false,
    onCap: 'postpone',
    state: 'sending',
    reason: null,
    data: {
      customer: { firstName: 'Ana', email },
      lines: products.map(({ id }) => ({ productId: id, sku: null, quantity: 1, price: null })),
    },
    causeAt: at,
    dueAt: at,
    expiresAt: at + 86_400_000,
    attempts: 0,
    leaseUntil: at + 120_000,
    fence: 1,
    subject: null,
    sentAt: null,
    response: null,
    campaignId: null,
    countedAt: null,
    variant: null,
    topic: null,
    sender: null,
    attemptedAt: null,
  }
}

export interface MailRenders {
  /** Composes every shipped template in every language once, and returns the mails. */
  compose: () => Promise<ComposedMail[]>
  /** Renders plain text of the size of each of those mails, with as many names in it as they have links, once. */
  renderBare: () => void
  /** The bytes of the middle one of those mails, HTML and text. */
  size: number
}

const sender: MailSender = {
  workspaceId: '01KAMN5W3DYFXHXK4T0Q0R9Z1B',
  id: 'marketing',
  purpose: 'marketing',
  from: { name: 'Cafetal', address: 'hello@shop.test' },
  replyTo: null,
  smtpUrl: 'smtp://127.0.0.1:9',
  dkim: null,
  headers: {},
  bounceDomain: 'bounce.shop.test',
  limits: { warmUp: null, perHour: {} },
  stopped: null,
}

const LINK = 'https://shop.test/c/'

/**
 * What the sender does for a mail before SMTP, and the least that LiquidJS needs for as much text.
 *
 * @param templates the names of those that are composed; all, if left out
 * @param products how many are in the customer's cart
 */
export async function prepareRenders({
  templates,
  products = 0,
}: { templates?: readonly string[]; products?: number } = {}): Promise<MailRenders> {
  const cart = PRODUCTS.slice(0, products)
  const composeMail = createComposeMail({
    renderMessage: createRenderMessage({
      templates: createTemplateCache(),
      // A store that answers at once: what it costs to ask one is measured where mails are handed over.
      readMailData: createReadMailData(
        { read: () => Promise.resolve({ products: cart, code: undefined } as never) },
        Date.now,
      ),
      shopUrl: () => 'https://shop.test',
    }),
    linksOf: createMailLinks({
      tokens: createTokens(SECRET),
      publicUrl: () => 'https://shop.test',
    }),
    bounceAddresses: createBounceAddresses(SECRET),
    now: Date.now,
  })
  const shipped = (await loadShippedTemplates()).map(({ name }) => name)
  const messages = (templates ?? shipped).flatMap((name) =>
    LOCALES.map((locale) => messageOf(name, locale, cart)),
  )
  const compose = async () => {
    const mails: ComposedMail[] = []
    for (const message of messages) mails.push(await composeMail(message, settings, sender))
    return mails
  }

  const engine = new Liquid()
  const bodies = (await compose()).map(({ content }) => content.html + content.text)
  const bare = bodies.map((body) => {
    const pieces = body.split(LINK)
    const text = 'x'.repeat(Math.floor(body.length / pieces.length))
    return engine.parse(pieces.map(() => `${text}{{ customer.firstName }}`).join(''))
  })
  return {
    compose,
    renderBare: () => {
      for (const template of bare) engine.renderSync(template, { customer: { firstName: 'Ana' } })
    },
    size: median(bodies.map((body) => Buffer.byteLength(body))),
  }
}
