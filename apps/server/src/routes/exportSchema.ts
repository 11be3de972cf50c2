import { EVENT_TYPES, EventSchema, MESSAGE_STATES } from '@ciclo/engine'
import { z } from 'zod'
import { RECIPIENT_STATES } from '../store/recipientStates.ts'
import { WEBHOOK_STATES } from '../store/queries/webhooks.ts'
import { CustomerSchema } from './apiSchemas.ts'

const time = z.iso.datetime()
const json = z.record(z.string(), z.unknown())
/** One of those that were merged into the customer, or the customer itself, at whom it arrived. */
const customerId = z.string()

/** Everything that is stored about one customer and those merged into it. */
const ExportedCustomerSchema = z.object({
  /** Whether the customer has proven the address or userId that was asked for, or only claims it. */
  relation: z.enum(['proven', 'claimed']),
  profile: CustomerSchema,
  /** The state that decides what happens next, as it is stored: timers, carts, requests to be subscribed. */
  state: json,
  /** The customers that turned out to be this one. */
  merged: z.array(z.string()),
  /** Addresses that are not written to, or not everything. */
  suppressions: z.array(z.object({ address: z.string(), reason: z.string(), at: time })),
  /** The last opt-in confirmation that each address was sent. */
  confirmations: z.array(z.object({ address: z.string(), at: time })),
  identities: z.array(
    z.object({ kind: z.enum(['anonymousId', 'userId', 'email']), value: z.string(), createdAt: time }),
  ),
  consents: z.array(z.looseObject({ purpose: z.string(), status: z.string(), at: time, recordedAt: time })),
  orders: z.array(
    z.object({
      id: z.string(),
      at: time,
      currency: z.string(),
      total: z.int(),
      refunded: z.int(),
      cancelled: z.boolean(),
      trusted: z.boolean(),
      /** False where only refunds or a cancellation are known of it. */
      told: z.boolean(),
      discount: z.int().nullable(),
      coupon: z.string().nullable(),
      /** As they were stated: decimals in the order's currency, null for all of it. */
      refunds: z.array(z.object({ id: z.string(), amount: z.number().nullable() })),
    }),
  ),
  transitions: z.array(
    z.object({
      at: time,
      /** A region of the lifecycle, `rfm`, or `segment:<id>`. */
      region: z.string(),
      from: z.string(),
      to: z.string(),
      reason: json,
      rebuilt: z.boolean(),
    }),
  ),
  /** The saved segments that the customer is in. */
  segmentMembers: z.array(z.object({ segment: z.string(), since: time })),
  enrolments: z.array(
    z.object({
      id: z.string(),
      journey: z.string(),
      version: z.int(),
      status: z.enum(['running', 'ended']),
      endReason: z.string().nullable(),
      cause: z.string(),
      startedAt: time,
      endedAt: time.nullable(),
      snapshot: json,
    }),
  ),
  messages: z.array(
    z.object({
      id: z.string(),
      template: z.string(),
      purpose: z.string(),
      state: z.enum(MESSAGE_STATES),
      reason: z.string().nullable(),
      to: z.string(),
      claimed: z.boolean(),
      subject: z.string().nullable(),
      locale: z.string().nullable(),
      journey: z.string().nullable(),
      data: json,
      attempts: z.int(),
      createdAt: time,
      sentAt: time.nullable(),
      response: z.string().nullable(),
    }),
  ),
  /** The campaigns whose audience the customer was in, or was left out of. */
  recipients: z.array(
    z.object({
      campaign: z.string(),
      state: z.enum(RECIPIENT_STATES),
      reason: z.string().nullable(),
      variant: z.string().nullable(),
      clickedAt: time.nullable(),
      unsubscribedAt: time.nullable(),
      bouncedAt: time.nullable(),
      complainedAt: time.nullable(),
    }),
  ),
  /** When a mail was opened last, where no more than that is kept. */
  opens: z.array(z.object({ at: time })),
  /** Codes that nobody else has. */
  coupons: z.array(z.object({ pool: z.string(), code: z.string(), givenAt: time.nullable() })),
  /** What other servers were told, or are to be. */
  webhooks: z.array(
    z.object({
      id: z.string(),
      /** Whose server it is: the host. */
      to: z.string(),
      state: z.enum(WEBHOOK_STATES),
      reason: z.string().nullable(),
      journey: z.string().nullable(),
      body: json,
      attempts: z.int(),
      createdAt: time,
      endedAt: time.nullable(),
    }),
  ),
  /** What could not be applied yet. */
  parked: z.array(z.object({ id: z.string(), error: z.string(), at: time, input: json })),
  /** What was received, as it was received, oldest first. */
  events: z.array(
    z.object({
      messageId: z.string(),
      customerId,
      type: z.enum(EVENT_TYPES),
      name: z.string().nullable(),
      timestamp: time,
      receivedAt: time,
      source: z.enum(['secret', 'public', 'own', 'import']),
      event: EventSchema.loose(),
    }),
  ),
})

/** The version of the shape below: it grows with every change that a reader has to know of. */
export const EXPORT_VERSION = 1

/** One person's data (GDPR, articles 15 and 20). Times are ISO 8601, money is integer minor units. */
export const ExportSchema = z.object({
  format: z.literal('ciclo.customer-data'),
  version: z.literal(EXPORT_VERSION),
  exportedAt: time,
  customers: z.array(ExportedCustomerSchema),
  /** Stands at the end: a file without it was cut off. */
  complete: z.literal(true),
})

export type ExportedCustomer = z.infer<typeof ExportedCustomerSchema>
