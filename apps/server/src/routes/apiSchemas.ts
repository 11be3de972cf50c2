import { EVENT_TYPES, MESSAGE_STATES, REGIONS, STATES } from '@ciclo/engine'
import { z } from 'zod'

const time = z.iso.datetime().nullable()

const LifecycleSchema = z.object({
  stage: z.enum(STATES.stage),
  value: z.enum(STATES.value),
  engagement: z.enum(STATES.engagement),
  permission: z.enum(STATES.permission),
  advocacy: z.enum(STATES.advocacy),
})

/** A customer as the API shows it. Times are ISO 8601, money is integer minor units per currency. */
export const CustomerSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  userId: z.string().nullable(),
  /** What a browser asserted and nobody has proven. */
  claims: z.object({ email: z.string().optional(), userId: z.string().optional() }),
  lifecycle: LifecycleSchema,
  orders: z.object({
    count: z.int(),
    revenue: z.record(z.string(), z.int()),
    firstAt: time,
    lastAt: time,
  }),
  traits: z.record(z.string(), z.unknown()),
  locale: z.string().nullable(),
  /** When time alone moves this customer next. */
  nextDeadlineAt: time,
  /** Why nothing is applied to this customer any more, if so. */
  parked: z.string().nullable(),
  createdAt: z.iso.datetime(),
})

const cursor = { next: z.string().nullable() }

export const CustomersSchema = z.object({ customers: z.array(CustomerSchema), ...cursor })

export const CustomerDetailSchema = CustomerSchema.extend({
  identities: z.array(z.object({ kind: z.enum(['anonymousId', 'userId', 'email']), value: z.string() })),
})

export const EventsSchema = z.object({
  events: z.array(
    z.object({
      messageId: z.string(),
      type: z.enum(EVENT_TYPES),
      name: z.string().nullable(),
      timestamp: z.iso.datetime(),
      receivedAt: z.iso.datetime(),
      source: z.enum(['secret', 'public', 'own', 'import']),
      properties: z.record(z.string(), z.unknown()),
      traits: z.record(z.string(), z.unknown()),
    }),
  ),
  ...cursor,
})

export const TransitionsSchema = z.object({
  transitions: z.array(
    z.object({
      at: z.iso.datetime(),
      region: z.enum(REGIONS),
      from: z.string(),
      to: z.string(),
      reason: z.object({
        cause: z.object({ kind: z.enum(['event', 'timer']), id: z.string(), name: z.string().optional() }),
        numbers: z.record(z.string(), z.union([z.number(), z.string()])),
        next: z.object({ timer: z.string(), dueAt: z.iso.datetime() }).optional(),
      }),
      rebuilt: z.boolean(),
    }),
  ),
  ...cursor,
})

export const MessagesSchema = z.object({
  messages: z.array(
    z.object({
      id: z.string(),
      template: z.string(),
      purpose: z.enum(['marketing', 'transactional']),
      state: z.enum(MESSAGE_STATES),
      reason: z.string().nullable(),
      to: z.string(),
      subject: z.string().nullable(),
      locale: z.string().nullable(),
      journey: z.string().nullable(),
      attempts: z.int(),
      createdAt: z.iso.datetime(),
      sentAt: time,
      response: z.string().nullable(),
    }),
  ),
  ...cursor,
})

/** RFC 9457, with `code` and `message` beside its members. */
export const ProblemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  message: z.string(),
})

export const CustomersQuerySchema = z.object({
  email: z.string().optional(),
  userId: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const PageQuerySchema = CustomersQuerySchema.pick({ cursor: true, limit: true })
