import type { Settings } from '@ciclo/engine'
import { providerHeaders } from '../feedback/providerHeaders.ts'
import { mailIdOf } from '../mailId.ts'
import type { MailSender } from '../sending/mailSender.ts'
import type { OutboxMessage } from '../store/queries/messages.ts'
import type { BounceAddresses } from './bounceAddress.ts'
import type { MakeMailLinks } from './mailLinks.ts'
import type { RenderMessage } from './renderMessage.ts'
import type { MailContent } from './writeMail.ts'

export interface ComposeOptions {
  renderMessage: RenderMessage
  linksOf: MakeMailLinks
  bounceAddresses: Pick<BounceAddresses, 'of'>
  now: () => number
}

export interface ComposedMail {
  content: MailContent
  /** Between whom it goes, whatever its headers say. */
  envelope: { from: string; to: string }
}

export interface ComposeMail {
  (message: OutboxMessage, settings: Settings, sender: MailSender): Promise<ComposedMail>
}

/** Renders a message of the outbox into the mail that goes to the SMTP server. Throws where a datum of it is broken. */
export function createComposeMail(options: ComposeOptions): ComposeMail {
  const { renderMessage, linksOf, bounceAddresses, now } = options
  return async (message, settings, sender) => {
    const { workspaceId, template, purpose, address } = message
    const links = linksOf(message, settings)
    const { unsubscribe } = links.urls
    const { subject, html, text } = await renderMessage(message, settings, links)
    const { from, replyTo, bounceDomain } = sender
    const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
    const mailId = message.mailId ?? mailIdOf(message)
    return {
      content: {
        mailId,
        from: { name: from.name || settings.shop.name, address: from.address },
        to: address,
        replyTo,
        date: new Date(now()),
        subject,
        text,
        html,
        headers: {
          ...providerHeaders(sender.headers, mailId),
          'List-ID': `<${workspaceId.toLowerCase()}.${domain}>`,
          'Feedback-ID': `${template}:${purpose}:${workspaceId}:ciclo`,
          ...(purpose === 'marketing' && unsubscribe
            ? {
                'List-Unsubscribe': `<${unsubscribe}>`,
                'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
              }
            : {}),
        },
      },
      envelope: {
        from: bounceDomain === null ? from.address : bounceAddresses.of(mailId, bounceDomain),
        to: address,
      },
    }
  }
}
