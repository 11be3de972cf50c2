import { createHash } from 'node:crypto'
import type { Settings } from '@ciclo/engine'
import type { SendMailOptions } from 'nodemailer'
import type { MailAddress } from '../config.ts'
import type { OutboxMessage } from '../store/queries/messages.ts'
import type { Tokens } from '../tokens.ts'
import type { ReadMailData } from './readMailData.ts'
import type { TemplateCache } from './templateCache.ts'

export interface ComposeOptions {
  templates: TemplateCache
  readMailData: ReadMailData
  tokens: Tokens
  publicUrl: () => string
  /** The shop's address where the workspace has not said its own. */
  shopUrl: () => string
  from: () => MailAddress
  now: () => number
}

export interface ComposedMail {
  mail: SendMailOptions
  subject: string
}

/** The same message always has the same Message-ID, so that a receiver can tell a repetition after a crash. */
function messageIdHeader({ workspaceId, id }: OutboxMessage, domain: string): string {
  return `<${createHash('sha256').update(`${workspaceId}\n${id}`).digest('hex').slice(0, 40)}@${domain}>`
}

export interface ComposeMail {
  (message: OutboxMessage, settings: Settings): Promise<ComposedMail>
}

/** Renders a message of the outbox into the mail that goes to the SMTP server. Throws where a datum of it is broken. */
export function createComposeMail(options: ComposeOptions): ComposeMail {
  const { templates, readMailData, tokens, publicUrl, shopUrl, from, now } = options
  return async (message, settings) => {
    const base = publicUrl()
    const reference = { w: message.workspaceId, m: message.id }
    const link = (kind: 'unsubscribe' | 'preferences', path: string) =>
      `${base}/${path}/${tokens.sign(kind, reference)}`
    const unsubscribe = link('unsubscribe', 'u')
    const confirm = { ...reference, x: now() + settings.optInExpiry }
    const urls =
      message.purpose === 'marketing'
        ? {
            unsubscribe,
            preferences: link('preferences', 'p'),
            open: `${base}/o/${tokens.sign('open', reference)}`,
          }
        : { confirm: `${base}/confirm/${tokens.sign('confirm', confirm)}` }
    const locale = message.locale ?? settings.locale
    const rendered = await templates.render(message.template, {
      locale,
      data: {
        ...(await readMailData(message, settings, locale)),
        shop: { ...settings.shop, url: settings.shop.url || shopUrl() },
        urls,
        purpose: message.purpose,
      },
      link: (url) => `${base}/c/${tokens.sign('click', { ...reference, u: url })}`,
    })
    const sender = from()
    const domain = sender.address.slice(sender.address.indexOf('@') + 1)
    const mail: SendMailOptions = {
      from: { name: sender.name || settings.shop.name, address: sender.address },
      to: { name: '', address: message.address },
      envelope: { from: sender.address, to: message.address },
      messageId: messageIdHeader(message, domain),
      date: new Date(now()),
      subject: rendered.subject,
      html: rendered.html,
      text: rendered.text,
      headers: {
        'List-Id': `<${message.workspaceId.toLowerCase()}.${domain}>`,
        'Feedback-ID': `${message.template}:${message.purpose}:${message.workspaceId}:ciclo`,
        ...(message.purpose === 'marketing'
          ? { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
          : {}),
      },
      disableFileAccess: true,
      disableUrlAccess: true,
    }
    return { mail, subject: rendered.subject }
  }
}
