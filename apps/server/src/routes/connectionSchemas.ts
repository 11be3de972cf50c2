import { z } from 'zod'
import { PlatformNameSchema } from '../platforms/platforms.ts'
import { PageQuerySchema } from './apiSchemas.ts'

const time = z.iso.datetime()

/** An origin, whatever path was copied along with it. */
const address = z
  .string()
  .max(500)
  .transform((text, context) => {
    const whole = /^https?:\/\//i.test(text) ? text : `https://${text}`
    const url = URL.canParse(whole) ? new URL(whole) : undefined
    if (url && url.username === '' && url.password === '') return url.origin
    context.addIssue({
      code: 'custom',
      message: `given ${JSON.stringify(text)}, expected an address such as https://shop.example`,
    })
    return z.NEVER
  })

const secret = z.string().trim().min(8).max(500)

export const ConnectionRequestSchema = z.object({
  platform: PlatformNameSchema,
  name: z.string().trim().min(1).max(100).optional(),
  address: address.nullable().default(null),
  /** What its webhooks are signed with; made here where none is given, but for Shopify, which has its own. */
  secret: secret.optional(),
  /** Shopify: the Admin API access token. */
  token: secret.nullable().default(null),
  /** WooCommerce: the REST API key and its secret. */
  key: secret.nullable().default(null),
  keySecret: secret.nullable().default(null),
  /** Whether the shop's pages know customers by the system's ids, too; else only by their e-mail addresses. */
  knowsIds: z.boolean().default(true),
})

/** What is left out stays as it is; a key that is null is forgotten. */
export const ConnectionChangeSchema = z
  .object({
    name: z.string().trim().min(1).max(100),
    address: address.nullable(),
    active: z.boolean(),
    secret,
    token: secret.nullable(),
    key: secret.nullable(),
    keySecret: secret.nullable(),
    knowsIds: z.boolean(),
  })
  .partial()

export const ConnectionAnswerSchema = z.object({
  id: z.string(),
  platform: PlatformNameSchema,
  name: z.string(),
  address: z.string().nullable(),
  active: z.boolean(),
  /** Where the system is to send its webhooks, and which of them. */
  url: z.string(),
  topics: z.array(z.string()),
  /** Whether its API can be asked for the past. */
  canPull: z.boolean(),
  knowsIds: z.boolean(),
  heardAt: time.nullable(),
  /** What was wrong the last time that something was. */
  problem: z.string().nullable(),
  problemAt: time.nullable(),
  createdAt: time,
})

/** With the secret, where it was made here: it is shown this once. */
export const ConnectionMadeSchema = ConnectionAnswerSchema.extend({ secret: z.string().nullable() })

export const ConnectionsSchema = z.object({ connections: z.array(ConnectionAnswerSchema) })

const DELIVERY_STATES = ['taken', 'ignored', 'refused'] as const

export const DeliveriesQuerySchema = PageQuerySchema.extend({ state: z.enum(DELIVERY_STATES).optional() })

export const DeliveriesSchema = z.object({
  deliveries: z.array(
    z.object({
      id: z.string(),
      topic: z.string(),
      state: z.enum(DELIVERY_STATES),
      reason: z.string().nullable(),
      events: z.int(),
      products: z.int(),
      receivedAt: time,
    }),
  ),
  next: z.string().nullable(),
})

export const RemovedConnectionSchema = z.object({ removed: z.string() })
