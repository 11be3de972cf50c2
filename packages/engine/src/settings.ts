import { z } from 'zod'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

const duration = z.number().int().positive()

/** A workspace's settings. Durations are milliseconds, money is integer minor units. */
export const SettingsSchema = z.object({
  shop: z
    .object({ name: z.string().default('Shop'), url: z.string().default(''), address: z.string().optional() })
    .prefault({}),
  /** ISO 4217: the currency of an order that names none, and the one in which the VIP line is drawn. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('USD'),
  locale: z.string().default('en'),
  /** Time since the last order after which a customer is at risk, lapsed, lost: the published cold-start defaults. */
  limits: z
    .object({
      atRisk: duration.default(90 * DAY),
      lapsed: duration.default(180 * DAY),
      lost: duration.default(365 * DAY),
    })
    .refine((limits) => limits.atRisk < limits.lapsed && limits.lapsed < limits.lost, {
      message: 'expected atRisk < lapsed < lost',
    })
    .prefault({}),
  /** Total spend from which a customer is a VIP. */
  vipLine: z.number().int().positive().default(50_000),
  engagement: z
    .object({ coldAfter: duration.default(90 * DAY), coldReceived: z.number().int().positive().default(5) })
    .prefault({}),
  optInExpiry: duration.default(7 * DAY),
  /** Whether orders that only a browser reports are revenue: true for a shop without a server-side order source. */
  browserOrdersAreRevenue: z.boolean().default(false),
  /** A message whose cause is older than this is created `expired` instead of arriving late. */
  maxAge: z.object({ marketing: duration.default(DAY), transactional: duration.default(DAY) }).prefault({}),
})

export type Settings = z.infer<typeof SettingsSchema>
export type Limits = Settings['limits']
