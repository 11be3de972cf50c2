import { DAY, FUNNEL_STEPS } from '@ciclo/engine'
import { z } from 'zod'

const instant = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  message: 'expected a date or a time of ISO 8601, such as 2026-01-31 or 2026-01-31T08:00:00Z',
})

/** How long a period is of which only the end is told. */
const YEAR = 365 * DAY

/** `from` to, and without, `to`; a date is 00:00 UTC. Without `to` until now, without `from` for 365 days. */
export const PeriodQuerySchema = z.object({ from: instant.optional(), to: instant.optional() })

/** The period of a query, in epoch milliseconds; undefined where it ends before it begins. */
export function periodOf({ from, to }: z.infer<typeof PeriodQuerySchema>, now: number) {
  const end = to === undefined ? now : Date.parse(to)
  const begin = from === undefined ? end - YEAR : Date.parse(from)
  return begin < end ? { from: begin, to: end } : undefined
}

export const SourcesQuerySchema = z.object({ touch: z.enum(['first', 'last']).default('first') })

/** A share with the counts that it rests on; where they are too few, `value` is null and `word` says so. */
const ShareSchema = z.object({
  value: z.number().nullable(),
  word: z.literal('not enough data yet').nullable(),
  numerator: z.number(),
  denominator: z.number(),
})

const currency = z.string()
const definition = z.string()
const period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() })
const money = z.record(currency, z.int())

/** Integer minor units, per currency. */
const LifetimeValueSchema = z.object({
  /** Revenue so far, a customer who has bought. */
  historic: ShareSchema,
  /** To be expected in the next 365 days, a customer with a prediction; the total is theirs, too. */
  predicted: ShareSchema,
  total: ShareSchema,
})

export const MetricsSchema = z.object({
  period,
  /** Since when somebody must have bought to be active at the start. */
  activeSince: z.iso.datetime(),
  customerChurnRate: ShareSchema.extend({ definition }),
  repeatPurchaseRate: ShareSchema.extend({ definition }),
  purchaseFrequency: ShareSchema.extend({ definition }),
  /** Integer minor units; no currency where nothing was sold. */
  averageOrderValue: z.object({ definition, currencies: z.record(currency, ShareSchema) }),
  customerLifetimeValue: z.object({ definition, currencies: z.record(currency, LifetimeValueSchema) }),
})

export const FunnelSchema = z.object({
  period,
  definition,
  steps: z.array(
    z.object({
      step: z.enum(FUNNEL_STEPS),
      /** Who took this step at or after every one before it. */
      customers: z.int(),
      /** Who took it at all. */
      atAll: z.int(),
      ofPrevious: ShareSchema,
      dropOff: ShareSchema,
      ofFirst: ShareSchema,
    }),
  ),
})

export const SourcesSchema = z.object({
  touch: z.enum(['first', 'last']),
  sources: z.array(
    z.object({
      /** Null, as the medium, where nothing is known of where somebody came from; `direct` where nothing led there. */
      source: z.string().nullable(),
      medium: z.string().nullable(),
      customers: z.int(),
      buyers: z.int(),
      lifetimeValue: z.record(currency, LifetimeValueSchema),
    }),
  ),
  /** How many sources with fewer customers are not shown. */
  left: z.int(),
})

export const AttributionSchema = z.object({
  period,
  definition,
  windowDays: z.number(),
  /** All orders of the period, and those that are credited to a mail. Integer minor units. */
  all: z.object({ orders: z.int(), revenue: money }),
  credited: z.object({ orders: z.int(), revenue: money, ofOrders: ShareSchema }),
  mails: z.array(
    z.object({
      journeyId: z.string().nullable(),
      template: z.string().nullable(),
      orders: z.int(),
      customers: z.int(),
      revenue: money,
    }),
  ),
})
