import { createServerBreakers } from '../../src/sending/serverBreakers.ts'
import { createSenders } from '../../src/sending/senders.ts'
import type { MailSender } from '../../src/sending/mailSender.ts'

/** The installation's own sender of marketing, unless told otherwise. */
export const mailSender = (more: Partial<MailSender> = {}): MailSender => ({
  workspaceId: 'shop',
  id: 'marketing',
  purpose: 'marketing',
  from: { name: 'Luna', address: 'hello@shop.example' },
  replyTo: null,
  smtpUrl: 'smtp://127.0.0.1:1',
  dkim: null,
  headers: {},
  bounceDomain: null,
  limits: { warmUp: null, perHour: {} },
  stopped: null,
  ...more,
})

/** What a claim asks besides the store, where every server answers and no workspace has set up a sender. */
export const sendingParts = (now: () => number, smtpUrl = 'smtp://127.0.0.1:1') => ({
  senders: createSenders({
    secret: 'a secret that is long enough for a test',
    smtpUrl,
    from: () => ({ name: 'Luna', address: 'hello@shop.example' }),
  }),
  breakers: createServerBreakers({ now, random: () => 0.5, onAway: () => {}, onBack: () => {} }),
  afterCrash: () => Promise.resolve('resend' as const),
})
