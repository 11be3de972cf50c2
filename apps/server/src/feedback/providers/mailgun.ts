import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { bounceMeaningOf } from '../bounceMeaning.ts'
import type { ProviderStatement, Statement } from '../createFeedback.ts'
import {
  expectFresh,
  expectKey,
  hashOf,
  readJson,
  refused,
  text,
  type Delivery,
  type HookRequest,
} from './provider.ts'

const number = z.number().catch(0)

/** https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads */
const MailgunSchema = z.object({
  signature: z.object({
    /** Digits alone: it is signed without a mark between it and the token. */
    timestamp: z.string().regex(/^\d{9,11}$/),
    token: z.string(),
    signature: z.string(),
  }),
  'event-data': z.object({
    event: text,
    severity: text,
    reason: text,
    recipient: text,
    timestamp: number,
    envelope: z.object({ sender: text }).catch({ sender: '' }),
    message: z
      .object({ headers: z.object({ 'message-id': text }).catch({ 'message-id': '' }) })
      .catch({ headers: { 'message-id': '' } }),
    'delivery-status': z
      .object({ code: number, message: text, description: text, 'enhanced-code': text })
      .catch({ code: 0, message: '', description: '', 'enhanced-code': '' }),
  }),
})
type EventData = z.infer<typeof MailgunSchema>['event-data']

/** What is on their own list is not sent at all. */
const THEIR_LIST: Readonly<Record<string, Statement['meaning']>> = {
  'suppress-bounce': 'hard',
  'suppress-complaint': 'complaint',
  'suppress-unsubscribe': 'unsubscribe',
}

const said = ({ 'delivery-status': { message, description } }: EventData) => message || description

function meaningOf(event: EventData): Statement['meaning'] | undefined {
  if (event.event === 'complained') return 'complaint'
  if (event.event === 'unsubscribed') return 'unsubscribe'
  // What failed for now they try again.
  if (event.event !== 'failed' || event.severity !== 'permanent') return undefined
  const listed = THEIR_LIST[event.reason]
  if (listed) return listed
  // They have tried for hours, and nobody has refused it for good.
  if (event.reason === 'old') return 'soft'
  return bounceMeaningOf({ status: event['delivery-status']['enhanced-code'], text: said(event) })
}

/**
 * Mailgun signs a time and a token, not what it says: so each token counts once, and the mail has to be named. The key
 * is its webhook signing key.
 */
export function readMailgun({ raw, key, now }: HookRequest): Delivery {
  const signingKey = expectKey(key, "Mailgun's webhook signing key")
  const { signature, 'event-data': event } = readJson(MailgunSchema, raw.toString('utf8'))
  const expected = createHmac('sha256', signingKey)
    .update(signature.timestamp + signature.token)
    .digest()
  const given = Buffer.from(signature.signature, 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw refused('its signature is not that of the webhook signing key')
  expectFresh(Number(signature.timestamp) * 1_000, now)
  const meaning = meaningOf(event)
  const statements: ProviderStatement[] = []
  if (meaning)
    statements.push({
      meaning,
      address: event.recipient.trim().toLowerCase() || null,
      response: said(event),
      at: event.timestamp > 0 ? Math.round(event.timestamp * 1_000) : null,
      pointers: {
        addresses: [event.envelope.sender],
        messageIds: [event.message.headers['message-id'].replaceAll(/[<>\s]/g, '')],
      },
      provesAddress: false,
    })
  return { id: hashOf(signature.timestamp, signature.token), statements }
}
