import { z } from 'zod'
import { CONSENT_BASES } from './consent.ts'

export const HOUR = 3_600_000
export const DAY = 24 * HOUR

/**
 * ISO 3166-1 alpha-2, without the codes that the standard leaves to its users, such as XX and ZZ for no country; of
 * those XK alone is everybody's, for Kosovo.
 */
const country = z.string().regex(/^(?!AA|Q[M-Z]|X[A-JL-Z]|ZZ)[A-Z]{2}$/, {
  message: 'expected a country of ISO 3166-1, such as PL',
})

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

const duration = z.number().int().positive()

/** A workspace's settings. Durations are milliseconds, money is integer minor units. */
export const SettingsSchema = z.object({
  shop: z
    .object({ name: z.string().default('Shop'), url: z.string().default(''), address: z.string().optional() })
    .prefault({}),
  /** ISO 4217: the currency of an order that names none, and the one in which the VIP line is drawn. */
  currency: z
    .string()
    .refine((code) => CURRENCIES.has(code), { message: 'expected a currency of ISO 4217, such as EUR' })
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
  /** Counts how often the key of the shop's identity tokens was renewed. */
  identityKeyVersion: z.number().int().positive().default(1),
  /** A message whose cause is older than this is created `expired` instead of arriving late. */
  maxAge: z.object({ marketing: duration.default(DAY), transactional: duration.default(DAY) }).prefault({}),
  consent: z
    .object({
      /** Where the shop sells: of customers whose country nobody knows. */
      country: country.optional(),
      /** What marketing e-mail may rest on, as far as the customer's country allows it. */
      bases: z
        .array(z.enum(CONSENT_BASES))
        .refine((bases) => bases.includes('consent'), { message: "expected 'consent' among them" })
        .default(['consent']),
      /** What the shop says of countries instead of the table in consentPolicy.ts. */
      countries: z.record(country, z.array(z.enum(CONSENT_BASES))).default({}),
      /** Whether visits are collected until the visitor refuses, or not before the visitor agrees. */
      tracking: z.enum(['opt-out', 'opt-in']).default('opt-out'),
    })
    .prefault({}),
})

export type Settings = z.infer<typeof SettingsSchema>
export type Limits = Settings['limits']
