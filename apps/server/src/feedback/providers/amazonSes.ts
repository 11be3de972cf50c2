import { z } from 'zod'
import { bounceMeaningOf } from '../bounceMeaning.ts'
import type { ProviderStatement, Statement } from '../createFeedback.ts'
import { instantOf, readJson, refused, text, type Delivery, type HookRequest } from './provider.ts'
import { amazonUrl, createSnsReader, type FetchFromAmazon } from './snsMessage.ts'

const RecipientSchema = z.object({ emailAddress: text, status: text, diagnosticCode: text })
const MailSchema = z.object({
  /** The envelope sender. */
  source: text,
  commonHeaders: z.object({ messageId: text }).optional().catch(undefined),
  headers: z.array(z.object({ name: text, value: text })).catch([]),
})
/** https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html; `eventType` where a configuration set publishes. */
const SesSchema = z.object({
  notificationType: text,
  eventType: text,
  mail: MailSchema.optional().catch(undefined),
  bounce: z
    .object({
      bounceType: text,
      bounceSubType: text,
      timestamp: text,
      bouncedRecipients: z.array(RecipientSchema).catch([]),
    })
    .optional(),
  complaint: z
    .object({
      complaintFeedbackType: text,
      timestamp: text,
      complainedRecipients: z.array(RecipientSchema).catch([]),
    })
    .optional(),
})

type Bounce = NonNullable<z.infer<typeof SesSchema>['bounce']>
type Meaning = Statement['meaning']

/** Reasons that lie in the mail. */
const OUR_MAIL: ReadonlySet<string> = new Set(['MessageTooLarge', 'ContentRejected', 'AttachmentRejected'])

function meaningOf(
  { bounceType, bounceSubType }: Bounce,
  { status, diagnosticCode }: z.infer<typeof RecipientSchema>,
): Meaning {
  if (bounceSubType === 'UnsubscribedRecipient') return 'unsubscribe'
  if (OUR_MAIL.has(bounceSubType)) return 'blocked'
  const meaning = bounceMeaningOf({ status, text: diagnosticCode })
  // What is for good, says Amazon, may still be our own fault; what passes is never for good.
  if (meaning === 'blocked') return 'blocked'
  return bounceType === 'Permanent' ? 'hard' : 'soft'
}

function statementsIn(message: string, provesAddress: boolean): ProviderStatement[] {
  const { mail, bounce, complaint } = readJson(SesSchema, message)
  const pointers = {
    addresses: [mail?.source ?? ''],
    messageIds: [
      mail?.commonHeaders?.messageId ?? '',
      ...(mail?.headers ?? []).flatMap(({ name, value }) => (/^message-id$/i.test(name) ? value : [])),
    ].map((id) => id.replaceAll(/[<>\s]/g, '')),
  }
  const statements: ProviderStatement[] = []
  for (const recipient of bounce?.bouncedRecipients ?? [])
    statements.push({
      meaning: meaningOf(bounce as Bounce, recipient),
      address: recipient.emailAddress.trim().toLowerCase() || null,
      response: recipient.diagnosticCode || `${bounce?.bounceType} ${bounce?.bounceSubType}`,
      at: instantOf(bounce?.timestamp ?? ''),
      pointers,
      provesAddress,
    })
  // Not what is no complaint, or not of the reader.
  if (complaint && ['', 'abuse'].includes(complaint.complaintFeedbackType)) {
    // Of several Amazon only knows that one of them has complained.
    const isOne = complaint.complainedRecipients.length === 1
    for (const recipient of complaint.complainedRecipients)
      statements.push({
        meaning: 'complaint',
        address: recipient.emailAddress.trim().toLowerCase() || null,
        response: '',
        at: instantOf(complaint.timestamp),
        pointers,
        provesAddress: provesAddress && isOne,
      })
  }
  return statements
}

/** Amazon SES by a topic of Amazon SNS. The key is the topic's ARN: without it any topic may call, of whatever account. */
export function createAmazonSes(fetchFromAmazon: FetchFromAmazon) {
  const readMessage = createSnsReader(fetchFromAmazon)
  return async ({ raw, key, now }: HookRequest): Promise<Delivery> => {
    const message = await readMessage(raw, now)
    if (key !== null && message.TopicArn !== key) throw refused('it is of another topic of Amazon SNS')
    const id = message.MessageId
    if (message.Type === 'Notification')
      return { id, statements: statementsIn(message.Message, key !== null) }
    if (message.Type !== 'SubscriptionConfirmation') return { id, statements: [] }
    const confirm = amazonUrl(message.SubscribeURL)
    if (!confirm) throw refused('it is to be confirmed elsewhere than at Amazon SNS')
    return { id, statements: [], confirm }
  }
}
