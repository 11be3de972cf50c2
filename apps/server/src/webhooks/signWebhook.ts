import { createHmac } from 'node:crypto'

export interface SignedWebhook {
  id: string
  /** When it is sent: epoch milliseconds. */
  at: number
  body: string
  /** `whsec_...`. */
  secret: string
}

/** The headers by which a receiver knows who has sent it and when, and that it is the same as before. */
export function signWebhook({ id, at, body, secret }: SignedWebhook): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}
