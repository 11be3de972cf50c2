import { z } from 'zod'
import { LiftSchema } from './homeSchemas.ts'

const count = z.int()
/** Integer minor units by currency. */
const money = z.record(z.string(), count)

const FiguresSchema = z.object({
  sent: count,
  /** Sent, and not come back. */
  delivered: count,
  bounced: count,
  complained: count,
  unsubscribed: count,
  /** Mails in which a person has clicked; scanners left out. */
  clicked: count,
  /** The people who have. */
  people: count,
  orders: count,
  revenue: money,
})

const name = z.string().nullable()

export const ReportSchema = z.object({
  kind: z.enum(['journeys', 'templates', 'campaigns']),
  id: z.string(),
  name: z.string(),
  period: z.object({ from: z.iso.datetime(), to: z.iso.datetime(), days: count }),
  /** By which rule orders are credited, and what the other figures count. */
  rule: z.string(),
  windowDays: z.number(),
  definition: z.string(),
  /** The workspace's own. */
  currency: z.string(),
  totals: FiguresSchema,
  /** Of a journey by step, of a template by where it is sent, of a campaign by variant. They add up, but for people. */
  parts: z.array(
    FiguresSchema.extend({ journey: name, step: name, campaign: name, variant: name, template: name }),
  ),
  /** By the shop's clock, oldest first. */
  days: z.array(z.object({ day: z.iso.date(), sent: count, clicked: count, orders: count, revenue: money })),
  /** Of a journey that holds some people out: who came in within the period. */
  lift: LiftSchema.nullable(),
})

export const ReportQuerySchema = z.object({
  days: z.coerce
    .number({ error: 'expected a whole number from 7 to 365' })
    .int({ error: 'expected a whole number from 7 to 365' })
    .min(7, { error: 'expected a whole number from 7 to 365' })
    .max(365, { error: 'expected a whole number from 7 to 365' })
    .default(28),
})
