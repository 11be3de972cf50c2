import { EVENT_TYPES, MESSAGE_STATES, RFM_GROUPS, STATES } from '@ciclo/engine'
import { z } from 'zod'
import { STOCK_LEVELS } from '../store/queries/products.ts'
import { ConsentStateSchema } from './consentSchemas.ts'

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
  consent: ConsentStateSchema,
  locale: z.string().nullable(),
  /** When time alone moves this customer next. */
  nextDeadlineAt: time,
  /** Why nothing is applied to this customer any more, if so. */
  parked: z.string().nullable(),
  createdAt: z.iso.datetime(),
})

const IdentitySchema = z.object({ kind: z.enum(['anonymousId', 'userId', 'email']), value: z.string() })

/** Why another customer became part of this one. */
export const MergeSchema = z.object({
  customerId: z.string(),
  at: z.iso.datetime(),
  /** The messageId of the event that named both. */
  because: z.string(),
  by: z.array(IdentitySchema),
  reason: z.string(),
})

const cursor = { next: z.string().nullable() }

export const CustomersSchema = z.object({ customers: z.array(CustomerSchema), ...cursor })

/** What a customer is about to buy. Money is integer minor units of `currency`; null where nobody has said a price. */
export const CartSchema = z.object({
  id: z.string(),
  status: z.enum(['open', 'checkout']),
  currency: z.string(),
  value: z.int().nullable(),
  lines: z.array(
    z.object({
      productId: z.string().nullable(),
      sku: z.string().nullable(),
      variant: z.string().nullable(),
      quantity: z.number(),
      price: z.int().nullable(),
    }),
  ),
  coupons: z.array(z.string()),
  checkoutId: z.string().nullable(),
  orderId: z.string().nullable(),
  updatedAt: z.iso.datetime(),
})

/** An order. `refunded` is at most `total`; both, and `discount`, are integer minor units of `currency`. */
export const OrdersSchema = z.object({
  orders: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime(),
      currency: z.string(),
      total: z.int(),
      refunded: z.int(),
      cancelled: z.boolean(),
      /** Said by the shop's own server or an import: only then it is revenue, unless the shop believes its browsers. */
      trusted: z.boolean(),
      discount: z.int().nullable(),
      coupon: z.string().nullable(),
    }),
  ),
  ...cursor,
})

/** A product of the catalogue. */
export const ProductSchema = z.object({
  id: z.string(),
  /** Whether the shop's own server or an import has told of it. */
  trusted: z.boolean(),
  /** The fields that only browsers have said: never shown in mails. */
  claimed: z.array(z.string()),
  sku: z.string().nullable(),
  name: z.string().nullable(),
  brand: z.string().nullable(),
  category: z.string().nullable(),
  url: z.string().nullable(),
  imageUrl: z.string().nullable(),
  price: z.int().nullable(),
  currency: z.string().nullable(),
  /** What the price has come down from, and the lowest one of the 30 days before, in the same units. */
  reduction: z.object({ previous: z.int(), lowest: z.int() }).nullable(),
  /** Pieces that can be bought; null: nobody counts them. */
  stock: z.int().nullable(),
  /** Not on the shelves: in no mail and no recommendation. */
  hidden: z.boolean(),
  updatedAt: z.iso.datetime(),
})

export const ProductsSchema = z.object({ products: z.array(ProductSchema), ...cursor })

const numbers = z.record(z.string(), z.union([z.number(), z.string()]))

/** Why a customer is in a state. */
export const ReasonSchema = z.object({
  state: z.string(),
  /** Null where the customer has always been in it, or nobody wrote down since when. */
  since: time,
  from: z.string().nullable(),
  cause: z
    .object({
      kind: z.enum(['event', 'timer', 'rules']),
      /** The messageId of an event, the id of a timer, the number of a version of the rules. */
      id: z.string(),
      name: z.string().optional(),
      dueAt: z.iso.datetime().optional(),
      from: z.iso.datetime().optional(),
    })
    .nullable(),
  /** What was looked at when the state was entered. */
  numbers,
  /** The same now. */
  now: numbers,
  /** What time alone does next; null where it does nothing, or the customer is parked. */
  next: z.object({ state: z.string(), at: z.iso.datetime() }).nullable(),
  /** All of it for people, in the language of the answer. */
  sentence: z.string(),
})

export const ReasonsSchema = z.object({
  stage: ReasonSchema,
  value: ReasonSchema,
  engagement: ReasonSchema,
  permission: ReasonSchema,
  advocacy: ReasonSchema,
  /** `none` where there is no order of any value, or the shop has too few buyers yet. */
  rfm: ReasonSchema,
})

const TouchSchema = z.object({
  at: z.iso.datetime(),
  source: z.string(),
  medium: z.string().nullable(),
  campaign: z.string().nullable(),
})

const bandOf = (figure: z.ZodNumber) => z.object({ low: figure, expected: z.number(), high: figure })

/** What the shop's orders together say of one customer. */
const StandingSchema = z.object({
  /** Days after the last order at which the customer is at risk, lapsed and lost, and where that comes from. */
  limits: z.object({
    atRisk: z.number(),
    lapsed: z.number(),
    lost: z.number(),
    basis: z.enum(['settings', 'cold-start', 'shop', 'own']),
    /** Days until the next order, by the customer's own gaps and the shop's; null at a cold start. */
    expectedGap: z.number().nullable(),
    gaps: z.int(),
  }),
  /** Recency, frequency and value, as `321`, and the group they make; null without an order of any value. */
  rfm: z
    .object({
      group: z.enum(RFM_GROUPS),
      scores: z.string(),
      since: z.iso.datetime(),
      previous: z.object({ group: z.enum(RFM_GROUPS), until: z.iso.datetime() }).nullable(),
    })
    .nullable(),
  /**
   * What is to be expected in the 365 days from now, with the band in which at least 8 of 10 such customers end; null
   * where the shop has too little data (`GET /api/insight/model` says what is missing) or the customer no order. Money
   * is in minor units of `currency`.
   */
  prediction: z
    .object({
      alive: z.number(),
      orders: bandOf(z.number()),
      spend: bandOf(z.number()).nullable(),
      currency: z.string(),
      lifetimeValue: z.number().nullable(),
      nextOrderAt: z.iso.datetime().nullable(),
      basis: z.object({
        orders: z.int(),
        ageDays: z.int(),
        fittedOn: z.int(),
        fittedAt: z.iso.datetime(),
      }),
    })
    .nullable(),
  /** Where the customer came from, at first and last. */
  sources: z.object({ first: TouchSchema.nullable(), last: TouchSchema.nullable() }),
  /** The saved segments that the customer is in. */
  segments: z.array(z.object({ id: z.string(), name: z.string(), since: z.iso.datetime() })),
})

/** A customer as it was at an instant. */
export const CustomerAtSchema = z.object({
  at: z.iso.datetime(),
  lifecycle: CustomerSchema.shape.lifecycle,
  orders: CustomerSchema.shape.orders,
  nextDeadlineAt: z.iso.datetime().nullable(),
  ...StandingSchema.shape,
  /** How many transitions had been made by then. */
  transitions: z.int(),
})

export const CustomerDetailSchema = CustomerSchema.extend({
  ...StandingSchema.shape,
  /** When a mail was opened last, where no more than that is kept (`openTracking` is `last-open`). */
  lastOpenAt: z.iso.datetime().nullable(),
  reasons: ReasonsSchema,
  /** The open carts, the one touched last first. */
  carts: z.array(CartSchema),
  identities: z.array(IdentitySchema),
  /** Who turned out to be the same person, newest first. */
  merges: z.array(MergeSchema),
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
      /** Sent by a crawler or another program: no visit and no sign of life. */
      bot: z.boolean(),
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
      /** A region of the lifecycle, `rfm`, or `segment:<id>`. */
      region: z.string(),
      from: z.string(),
      to: z.string(),
      reason: z.object({
        cause: z.object({
          kind: z.enum(['event', 'timer', 'rules']),
          id: z.string(),
          name: z.string().optional(),
        }),
        numbers,
        next: z.object({ timer: z.string(), dueAt: z.iso.datetime() }).optional(),
      }),
      rebuilt: z.boolean(),
      /** The same for people, in the language of the answer. */
      sentence: z.string(),
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
      /** The campaign whose mail it is, and which of its variants; null where a journey's. */
      campaign: z.string().nullable(),
      variant: z.string().nullable(),
      topic: z.string().nullable(),
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
  /** Only customers to whom nothing is applied any more until somebody has looked. */
  parked: z.enum(['true', 'false']).default('false'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export const PageQuerySchema = CustomersQuerySchema.pick({ cursor: true, limit: true })

export const ProductsQuerySchema = PageQuerySchema.extend({
  trusted: z.stringbool().optional(),
  /** In the id, sku, name, brand or category. */
  search: z.string().trim().min(1).max(200).optional(),
  /** `in`: can be bought, also where nobody counts them; `low`: five at most; `out`: none. */
  stock: z.enum(STOCK_LEVELS).optional(),
  hidden: z.stringbool().optional(),
})
