import { SettingsSchema } from '@ciclo/engine'
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

/** A message of the outbox, as the sender claims it. */
function messageOf(template: string, locale: string): OutboxMessage {
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
    data: { customer: { firstName: 'Ana', email } },
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

/** What the sender does for a mail before SMTP, and the least that LiquidJS needs for as much text. */
export async function prepareRenders(): Promise<MailRenders> {
  const composeMail = createComposeMail({
    renderMessage: createRenderMessage({
      templates: createTemplateCache(),
      // These mails show nothing of a store.
      readMailData: createReadMailData(
        { read: () => Promise.reject(new Error('There is no store')) },
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
  const shipped = await loadShippedTemplates()
  const messages = shipped.flatMap(({ name }) => LOCALES.map((locale) => messageOf(name, locale)))
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
