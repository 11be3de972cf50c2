import { CatalogueItemSchema } from '@ciclo/engine'
import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { signWebhook } from '../../webhooks/signWebhook.ts'
import type { Mapped, Platform } from '../platform.ts'
import { idField, readPayload, timeField } from '../readFields.ts'
import { parseBody, refusedCall } from '../verifyHmac.ts'

const bag = z.record(z.string(), z.unknown())

const EventSchema = z
  .object({
    /** The same each time that the same thing is told. */
    messageId: z.string().min(1).max(60),
    type: z.enum(['track', 'identify']),
    event: z.string().min(1).max(255).optional(),
    timestamp: timeField,
    userId: idField.optional(),
    properties: bag.default({}),
    traits: bag.default({}),
  })
  .refine(({ type, event }) => type === 'identify' || event !== undefined, {
    path: ['event'],
    message: 'expected the name of the event',
  })
  .refine(({ userId, traits }) => userId !== undefined || typeof traits['email'] === 'string', {
    path: ['userId'],
    message: 'expected a userId, or an e-mail address as traits.email',
  })

/** What a shop's own system tells: events in Segment's form, and products as the catalogue takes them. */
const BodySchema = z
  .object({
    events: z.array(EventSchema).max(500).default([]),
    products: z.array(CatalogueItemSchema).max(500).default([]),
  })
  .refine(({ events, products }) => events.length + products.length > 0, {
    message: 'expected events or products, given neither',
  })

/** A call that is signed longer ago is a recording: what Standard Webhooks recommends. */
const TOLERANCE = 5 * 60_000

/** The one topic: what is told says itself what it is. */
const TOPIC = 'shop'

/**
 * Shops of their own make, by Standard Webhooks (https://www.standardwebhooks.com): id, time and body are signed by
 * HMAC-SHA256 with the connection's secret.
 */
export const generic: Platform = {
  readDelivery({ raw, header, secret, now }) {
    const id = header('webhook-id')
    const timestamp = Number(header('webhook-timestamp'))
    if (!id || !Number.isSafeInteger(timestamp))
      throw refusedCall('expected the headers webhook-id and webhook-timestamp')
    const at = timestamp * 1_000
    if (Math.abs(now - at) > TOLERANCE)
      throw refusedCall('webhook-timestamp is more than five minutes away from now')
    const body = Buffer.from(raw).toString('utf8')
    const expected = Buffer.from(signWebhook({ id, at, body, secret })['webhook-signature'] ?? '')
    const isSigned = (header('webhook-signature') ?? '').split(' ').some((given) => {
      const stated = Buffer.from(given)
      return stated.length === expected.length && timingSafeEqual(stated, expected)
    })
    if (!isSigned)
      throw refusedCall('webhook-signature does not fit the body and the secret of this connection')
    return { id: id.slice(0, 200), topic: TOPIC, payload: parseBody(raw), at }
  },
  map(topic, payload): Mapped {
    const { events, products } = readPayload(BodySchema, topic, payload)
    return {
      events: events.map(({ messageId, timestamp, event, userId, ...rest }) => ({
        id: `shop/${messageId}`,
        at: timestamp,
        ...rest,
        ...(event === undefined ? {} : { name: event }),
        ...(userId === undefined ? {} : { userId }),
      })),
      products,
    }
  },
}
