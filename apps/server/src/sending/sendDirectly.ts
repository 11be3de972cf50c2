import { randomBytes } from 'node:crypto'
import { keptResponse } from '../mail/smtpFailure.ts'
import type { MailSender } from './mailSender.ts'
import type { Transports } from './transports.ts'

/** A mail of the installation to one of its own people: no customer's, and none of the outbox. */
export interface DirectMail {
  /** A valid address, lower-cased. */
  to: string
  subject: string
  html: string
  text: string
}

/** Whether the sender's server took it, and what it said. */
export interface DirectResult {
  taken: boolean
  response: string
}

export interface SendDirectly {
  /**
   * Hands a mail to the sender's own server, signed as all its mails are. Nothing of it is kept, and no limit counts
   * it. Never throws for what the server does.
   */
  (sender: MailSender, mail: DirectMail): Promise<DirectResult>
}

export interface SendDirectlyOptions {
  transports: Pick<Transports, 'sign' | 'deliver'>
  now: () => number
}

export function createSendDirectly({ transports, now }: SendDirectlyOptions): SendDirectly {
  return async (sender, { to, subject, html, text }) => {
    const { from, replyTo, headers } = sender
    const content = {
      mailId: randomBytes(20).toString('hex'),
      from,
      to,
      replyTo,
      date: new Date(now()),
      subject,
      text,
      html,
      headers: { ...headers, 'Auto-Submitted': 'auto-generated' },
    }
    try {
      const signed = await transports.sign(sender, { content, envelope: { from: from.address, to } })
      const response = await transports.deliver(sender, signed)
      return { taken: true, response: keptResponse(response) }
    } catch (error) {
      const { response, message } = error as { response?: string; message?: string }
      return { taken: false, response: keptResponse(response ?? message ?? String(error)) }
    }
  }
}
