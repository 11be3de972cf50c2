import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { bounceMeaningOf } from '../bounceMeaning.ts'
import type { ProviderStatement, Statement } from '../createFeedback.ts'
import { POSTMARK_METADATA } from '../providerHeaders.ts'
import { hashOf, instantOf, readJson, refused, text, type Delivery, type HookRequest } from './provider.ts'

/** https://postmarkapp.com/developer/webhooks/bounce-webhook, and those of complaints and of suppressions beside it. */
const PostmarkSchema = z.object({
  RecordType: text,
  Type: text,
  Email: text,
  Recipient: text,
  Details: text,
  Description: text,
  BouncedAt: text,
  ChangedAt: text,
  SuppressSending: z.boolean().catch(false),
  SuppressionReason: text,
  Metadata: z.record(z.string(), text).catch({}),
})
type Call = z.infer<typeof PostmarkSchema>

const HARD: ReadonlySet<string> = new Set(['HardBounce', 'BadEmailAddress', 'ManuallyDeactivated'])
const SOFT: ReadonlySet<string> = new Set(['SoftBounce', 'DnsError', 'Undeliverable', 'Unknown'])
const BLOCKED: ReadonlySet<string> = new Set([
  'SpamNotification',
  'Blocked',
  'DMARCPolicy',
  'VirusNotification',
])

function meaningOf({ RecordType, Type, Details, SuppressSending, SuppressionReason }: Call) {
  if (RecordType === 'SpamComplaint' || Type === 'SpamComplaint') return 'complaint'
  if (RecordType === 'SubscriptionChange')
    return SuppressSending && SuppressionReason === 'ManualSuppression' ? 'unsubscribe' : undefined
  if (RecordType !== 'Bounce') return undefined
  if (Type === 'Unsubscribe') return 'unsubscribe'
  if (BLOCKED.has(Type)) return 'blocked'
  // They call some refusals for our reputation hard, too.
  if (HARD.has(Type)) return bounceMeaningOf({ text: Details }) === 'blocked' ? 'blocked' : 'hard'
  return SOFT.has(Type) ? 'soft' : undefined
}

const isSame = (one: string, other: string) =>
  timingSafeEqual(Buffer.from(hashOf(one)), Buffer.from(hashOf(other)))

/**
 * Postmark signs nothing: the address of the hook is the secret, and the key, where there is one, what they send as
 * Basic authentication (`user:password`). So an address alone proves nothing here.
 */
export function readPostmark({ raw, header, key }: HookRequest): Delivery {
  const given = header('authorization') ?? ''
  if (key !== null && !isSame(given, `Basic ${Buffer.from(key).toString('base64')}`))
    throw refused('its user or password is not the one that was set')
  const call = readJson(PostmarkSchema, raw.toString('utf8'))
  const meaning: Statement['meaning'] | undefined = meaningOf(call)
  const statements: ProviderStatement[] = []
  if (meaning)
    statements.push({
      meaning,
      address: (call.Email || call.Recipient).trim().toLowerCase() || null,
      response: call.Details || call.Description,
      at: instantOf(call.BouncedAt || call.ChangedAt),
      pointers: { mailIds: [call.Metadata[POSTMARK_METADATA] ?? ''] },
      provesAddress: false,
    })
  return { id: hashOf(raw), statements }
}
