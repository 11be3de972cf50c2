import { verify, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { expectFresh, readJson, refused } from './provider.ts'

/** Fetches from Amazon: the certificate that messages are signed with, and the address that confirms a subscription. */
export type FetchFromAmazon = (url: URL) => Promise<string>

const SnsSchema = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string(),
  TopicArn: z.string(),
  Message: z.string(),
  Timestamp: z.string(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
  Subject: z.string().nullish(),
  SubscribeURL: z.string().optional(),
  Token: z.string().optional(),
})
export type SnsMessage = z.infer<typeof SnsSchema>

/** A region, as eu-west-1 is one: `sns.s3-eu-west-1.amazonaws.com` would be somebody's bucket. */
const HOST = /^sns\.[a-z]{2}(?:-[a-z]+)+-\d{1,2}\.amazonaws\.com(?:\.cn)?$/
const CERTIFICATE = /^\/SimpleNotificationService-[0-9a-f]{8,64}\.pem$/
const CERTIFICATES_KEPT = 20

/** An address of Amazon SNS itself, or undefined: nothing else is ever fetched, whatever a message names. */
export function amazonUrl(given: string | undefined): URL | undefined {
  const url = URL.parse(given ?? '')
  if (!url || url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '')
    return undefined
  return HOST.test(url.hostname) ? url : undefined
}

/** What is signed: these fields by their names, where they are there. */
const SIGNED = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: [
    'Message',
    'MessageId',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const

export function signedText(message: SnsMessage): string {
  return SIGNED[message.Type]
    .flatMap((name) => {
      const value = message[name]
      return value === undefined || value === null ? [] : [`${name}\n${value}\n`]
    })
    .join('')
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
export function createSnsReader(fetchFromAmazon: FetchFromAmazon) {
  const certificates = new Map<string, Promise<string>>()

  const certificateAt = async (url: URL): Promise<X509Certificate> => {
    const known = certificates.get(url.href)
    const fetching = known ?? fetchFromAmazon(url)
    if (!known) {
      // The oldest goes: Amazon has one at a time for each region.
      const [oldest] = certificates.keys()
      if (certificates.size >= CERTIFICATES_KEPT && oldest !== undefined) certificates.delete(oldest)
      certificates.set(url.href, fetching)
      fetching.catch(() => certificates.delete(url.href))
    }
    try {
      return new X509Certificate(await fetching)
    } catch (cause) {
      certificates.delete(url.href)
      throw Object.assign(refused('the certificate of Amazon SNS cannot be read'), { cause })
    }
  }

  /** A message whose signature is Amazon's. Throws `unknown-key` where it is not. */
  return async (raw: Buffer, now: number): Promise<SnsMessage> => {
    const message = readJson(SnsSchema, raw.toString('utf8'))
    const url = amazonUrl(message.SigningCertURL)
    if (!url || url.search !== '' || !CERTIFICATE.test(url.pathname))
      throw refused('its certificate is not at an address of Amazon SNS')
    expectFresh(Date.parse(message.Timestamp), now)
    const certificate = await certificateAt(url)
    if (now > Date.parse(certificate.validTo) || now < Date.parse(certificate.validFrom))
      throw refused('the certificate of Amazon SNS is not valid now')
    const algorithm = message.SignatureVersion === '1' ? 'RSA-SHA1' : 'RSA-SHA256'
    const signature = Buffer.from(message.Signature, 'base64')
    if (!verify(algorithm, Buffer.from(signedText(message)), certificate.publicKey, signature))
      throw refused('its signature is not that of Amazon SNS')
    return message
  }
}
