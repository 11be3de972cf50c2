import { createPublicKey, verify, type KeyObject } from 'node:crypto'
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

/** https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event */
const SendGridSchema = z.array(
  z.object({
    event: text,
    email: text,
    timestamp: z.number().catch(0),
    type: text,
    status: text,
    reason: text,
    'smtp-id': text,
  }),
)
type SendGridEvent = z.infer<typeof SendGridSchema>[number]

/** What they did not even try to send. */
const DROPPED: readonly [RegExp, Statement['meaning']][] = [
  [/bounced address|^invalid/i, 'hard'],
  [/spam reporting/i, 'complaint'],
  [/unsubscribed/i, 'unsubscribe'],
]

function meaningOf({ event, type, status, reason }: SendGridEvent): Statement['meaning'] | undefined {
  if (event === 'spamreport') return 'complaint'
  if (event === 'unsubscribe' || event === 'group_unsubscribe') return 'unsubscribe'
  if (event === 'dropped') return DROPPED.find(([words]) => words.test(reason))?.[1]
  if (event !== 'bounce') return undefined
  const meaning = bounceMeaningOf({ status, text: reason })
  // What they call blocked has not been refused for the address's sake.
  return type === 'blocked' && meaning === 'hard' ? 'soft' : meaning
}

function publicKeyOf(key: string): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
  } catch (cause) {
    throw Object.assign(refused('the verification key that was given is none'), { cause })
  }
}

/** SendGrid signs time and body by ECDSA. The key is the verification key of its signed event webhook. */
export function readSendGrid({ raw, header, key, now }: HookRequest): Delivery {
  const publicKey = publicKeyOf(expectKey(key, "SendGrid's verification key"))
  const signature = header('x-twilio-email-event-webhook-signature') ?? ''
  const timestamp = header('x-twilio-email-event-webhook-timestamp') ?? ''
  const signed = Buffer.concat([Buffer.from(timestamp), raw])
  if (signature === '' || !verify('sha256', signed, publicKey, Buffer.from(signature, 'base64')))
    throw refused('its signature is not that of the verification key')
  expectFresh(Number(timestamp) * 1_000, now)
  const statements = readJson(SendGridSchema, raw.toString('utf8')).flatMap((event): ProviderStatement[] => {
    const meaning = meaningOf(event)
    if (!meaning) return []
    return [
      {
        meaning,
        address: event.email.trim().toLowerCase() || null,
        response: event.reason,
        at: event.timestamp > 0 ? event.timestamp * 1_000 : null,
        pointers: { messageIds: [event['smtp-id'].replaceAll(/[<>\s]/g, '')] },
        provesAddress: true,
      },
    ]
  })
  // Not by the signature: of one there are two forms that are true.
  return { id: hashOf(signed), statements }
}
