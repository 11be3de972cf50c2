import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { signedText, type SnsMessage } from '../../src/feedback/providers/snsMessage.ts'

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')

/** Self-signed, made for these tests. */
export const SNS_CERTIFICATE = read('sns.certificate.pem')
const SNS_KEY = read('sns.key.pem')
export const CERTIFICATE_URL =
  'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem'
export const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:bounces'
export const MAILGUN_KEY = 'key-of-the-tests-for-mailgun'
const sendGrid = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
export const SENDGRID_KEY = sendGrid.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')

/** A call as a provider makes it. */
export interface Call {
  body: string
  headers?: Record<string, string>
}

/** What a call is about. */
export interface About {
  now: number
  address: string
  messageId: string
  bounceAddress: string
  mailId: string
}

let count = 0
const uniqueId = () => {
  count += 1
  return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`
}

export function snsCall(message: string, now: number, changes: Partial<SnsMessage> = {}): Call {
  const unsigned: SnsMessage = {
    Type: 'Notification',
    MessageId: uniqueId(),
    TopicArn: TOPIC,
    Message: message,
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: '2',
    Signature: '',
    SigningCertURL: CERTIFICATE_URL,
    ...changes,
  }
  const algorithm = unsigned.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256'
  const Signature =
    changes.Signature ?? sign(algorithm, Buffer.from(signedText(unsigned)), SNS_KEY).toString('base64')
  return {
    body: JSON.stringify({
      ...unsigned,
      Signature,
      UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?x',
    }),
    headers: { 'content-type': 'text/plain; charset=UTF-8', 'x-amz-sns-message-type': unsigned.Type },
  }
}

const sesMail = ({ bounceAddress, messageId, address, now }: About, withHeaders: boolean) => ({
  timestamp: new Date(now - 5_000).toISOString(),
  source: bounceAddress,
  sourceArn: 'arn:aws:ses:eu-west-1:123456789012:identity/shop.example',
  sendingAccountId: '123456789012',
  messageId: '0102019b7a3f0000-11111111-2222-3333-4444-555555555555-000000',
  destination: [address],
  ...(withHeaders
    ? {
        headersTruncated: false,
        headers: [
          { name: 'From', value: '"Loja" <news@shop.example>' },
          { name: 'Message-ID', value: `<${messageId}>` },
        ],
        commonHeaders: {
          from: ['Loja <news@shop.example>'],
          messageId: `<${messageId}>`,
          subject: 'Novedades',
        },
      }
    : {}),
})

export const sesBounce = (
  about: About,
  bounce: { type?: string; subType?: string; status?: string; diagnostic?: string } = {},
  withHeaders = true,
) =>
  JSON.stringify({
    notificationType: 'Bounce',
    bounce: {
      bounceType: bounce.type ?? 'Permanent',
      bounceSubType: bounce.subType ?? 'General',
      bouncedRecipients: [
        {
          emailAddress: about.address,
          action: 'failed',
          status: bounce.status ?? '5.1.1',
          diagnosticCode: bounce.diagnostic ?? 'smtp; 550 5.1.1 user unknown',
        },
      ],
      timestamp: new Date(about.now - 1_000).toISOString(),
      feedbackId: '0102019b7a3f0001-aaaa-000000',
      reportingMTA: 'dns; b224-13.smtp-out.eu-west-1.amazonses.com',
    },
    mail: sesMail(about, withHeaders),
  })

export const sesComplaint = (about: About, feedbackType?: string) =>
  JSON.stringify({
    notificationType: 'Complaint',
    complaint: {
      userAgent: 'Amazon SES Mailbox Simulator',
      complainedRecipients: [{ emailAddress: about.address }],
      complaintFeedbackType: feedbackType,
      timestamp: new Date(about.now - 1_000).toISOString(),
      feedbackId: '0102019b7a3f0002-bbbb-000000',
    },
    mail: sesMail(about, true),
  })

export const postmarkCall = (about: About, changes: Record<string, unknown> = {}): Call => ({
  body: JSON.stringify({
    RecordType: 'Bounce',
    ID: uniqueId(),
    Type: 'HardBounce',
    TypeCode: 1,
    Name: 'Hard bounce',
    MessageID: '00000000-0000-0000-0000-000000000000',
    Metadata: { ciclo: about.mailId },
    ServerID: 23,
    MessageStream: 'broadcast',
    Description: 'The server was unable to deliver your message (ex: unknown user, mailbox not found).',
    Details: 'smtp;550 5.1.1 The email account that you tried to reach does not exist.',
    Email: about.address,
    From: 'news@shop.example',
    BouncedAt: new Date(about.now - 1_000).toISOString(),
    Inactive: true,
    DumpAvailable: false,
    CanActivate: true,
    Subject: 'Novedades',
    ...changes,
  }),
})

export function mailgunCall(
  about: About,
  changes: Record<string, unknown> = {},
  signed: { key?: string; at?: number; signature?: string; token?: string } = {},
): Call {
  const timestamp = String(Math.floor((signed.at ?? about.now) / 1_000))
  const token = signed.token ?? `token-${uniqueId()}`
  const signature =
    signed.signature ??
    createHmac('sha256', signed.key ?? MAILGUN_KEY)
      .update(timestamp + token)
      .digest('hex')
  return {
    body: JSON.stringify({
      signature: { timestamp, token, signature },
      'event-data': {
        id: uniqueId(),
        event: 'failed',
        severity: 'permanent',
        reason: 'bounce',
        timestamp: about.now / 1_000 - 1,
        recipient: about.address,
        'recipient-domain': 'example.com',
        envelope: { sender: 'bounce+e6f5.81d5b2-ann=example.com@mg.shop.example', targets: about.address },
        message: {
          headers: { 'message-id': about.messageId, from: 'Loja <news@shop.example>' },
          size: 4_321,
        },
        'delivery-status': {
          'attempt-no': 1,
          code: 550,
          'enhanced-code': '5.1.1',
          message: '5.1.1 The email account that you tried to reach does not exist',
          description: '',
        },
        flags: { 'is-test-mode': false },
        ...changes,
      },
    }),
  }
}

export const sendGridEvent = (about: About, changes: Record<string, unknown> = {}) => ({
  email: about.address,
  timestamp: Math.floor(about.now / 1_000) - 1,
  'smtp-id': `<${about.messageId}>`,
  event: 'bounce',
  type: 'bounce',
  status: '5.1.1',
  reason: '550 5.1.1 The email account that you tried to reach does not exist',
  sg_event_id: uniqueId(),
  sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
  ...changes,
})

export function sendGridCall(events: readonly unknown[], now: number): Call {
  const body = JSON.stringify(events)
  const timestamp = String(Math.floor(now / 1_000))
  return {
    body,
    headers: {
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': sign(
        'sha256',
        Buffer.from(timestamp + body),
        sendGrid.privateKey,
      ).toString('base64'),
    },
  }
}
