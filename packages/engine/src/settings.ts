import { z } from 'zod'
import { BrandSchema } from './brand.ts'
import { CONSENT_BASES } from './consent.ts'
import { DAY, HOUR } from './duration.ts'
import { FrequencyCapSchema } from './frequencyCap.ts'
import { QuietHoursSchema } from './quietHours.ts'
import { TopicsSchema } from './topics.ts'

export { DAY, HOUR }

/**
 * ISO 3166-1 alpha-2, without the codes that the standard leaves to its users, such as XX and ZZ for no country; of
 * those XK alone is everybody's, for Kosovo.
 */
const country = z.string().regex(/^(?!AA|Q[M-Z]|X[A-JL-Z]|ZZ)[A-Z]{2}$/, {
  message: 'expected a country of ISO 3166-1, such as PL',
})

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** What begins on any day that people write must end on one. */
const duration = z
  .number()
  .int()
  .positive()
  .max(36_525 * DAY, { message: 'expected at most 100 years, in milliseconds' })

const PERCENTILE = 'expected a whole percentile from 1 to 99'
const percentile = z
  .number()
  .int({ message: PERCENTILE })
  .min(1, { message: PERCENTILE })
  .max(99, { message: PERCENTILE })

/** A workspace's settings. Durations are milliseconds, money is integer minor units. */
export const SettingsSchema = z.object({
  shop: z
    .object({
      name: z.string().default('Shop'),
      url: z.string().default(''),
      address: z.string().optional(),
      /** IANA: by it dates are told to people. */
      timeZone: z
        .string()
        .refine(isTimeZone, { message: 'expected a time zone of IANA, such as Europe/Madrid' })
        .default('UTC'),
    })
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
  /** How those times follow from the shop's own order gaps and the customer's, once there are enough of them. */
  gaps: z
    .object({
      /** `fixed`: never, `limits` always count. */
      mode: z.enum(['curve', 'fixed']).default('curve'),
      /** Which percentile of the shop's gaps is the limit of a customer with an average gap. */
      atRiskPercentile: percentile.default(75),
      lapsedPercentile: percentile.default(95),
      /** How many times the time until lapsed makes the time until lost. */
      lostFactor: z
        .number()
        .gt(1, { message: 'expected a factor above 1, such as 2' })
        .max(100, { message: 'expected a factor of at most 100' })
        .default(2),
      /** How many gaps of the customer's own weigh as much as the shop's median. */
      priorWeight: z
        .number()
        .positive({ message: 'expected a number of gaps above 0, such as 3' })
        .max(1_000, { message: 'expected at most 1000 gaps' })
        .default(3),
    })
    .refine((gaps) => gaps.atRiskPercentile < gaps.lapsedPercentile, {
      message: 'expected atRiskPercentile < lapsedPercentile',
    })
    .prefault({}),
  /** Total spend from which a customer is a VIP, for as long as `vipShare` draws no line. */
  vipLine: z.number().int().positive().default(50_000),
  /** Which share of the buyers, by spend, are VIPs once there are enough buyers; null: always those above `vipLine`. */
  vipShare: z
    .number()
    .gt(0, { message: 'expected a share between 0 and 1, such as 0.1, or null' })
    .lt(1, { message: 'expected a share between 0 and 1, such as 0.1, or null' })
    .nullable()
    .default(0.1),
  /** Up to how long after the last order its recency scores 3, and 2. */
  rfm: z
    .object({ recentFor: duration.default(180 * DAY), middleFor: duration.default(365 * DAY) })
    .refine((rfm) => rfm.recentFor < rfm.middleFor, { message: 'expected recentFor < middleFor' })
    .prefault({}),
  engagement: z
    .object({
      /** A visit or a click keeps a customer warm for so long, or for `coldAfter` where that is shorter. */
      warmFor: duration.default(30 * DAY),
      /** Cold is who has shown no sign of life for so long, and was sent so many marketing mails meanwhile. */
      coldAfter: duration.default(90 * DAY),
      coldReceived: z.number().int().positive().default(5),
    })
    .prefault({}),
  /** Survey answers run from 0 to 10, as in the Net Promoter Score; reviews from 1 to 5 stars. */
  advocacy: z
    .object({
      promoterScore: z.number().min(0).max(10).default(9),
      detractorScore: z.number().min(0).max(10).default(6),
      /** A review with fewer stars recommends nothing. */
      reviewRating: z.number().min(1).max(5).default(4),
    })
    .refine(({ promoterScore, detractorScore }) => detractorScore < promoterScore, {
      message: 'expected detractorScore < promoterScore',
    })
    .prefault({}),
  /** An order is credited to the last human click on a mail within so long before it. */
  attribution: z.object({ window: duration.default(5 * DAY) }).prefault({}),
  /** Customers are active at the start of a period who ordered within so long before it: whom churn is a share of. */
  metrics: z.object({ activeFor: duration.default(365 * DAY) }).prefault({}),
  optInExpiry: duration.default(7 * DAY),
  /** Whether orders that only a browser reports are revenue: true for a shop without a server-side order source. */
  browserOrdersAreRevenue: z.boolean().default(false),
  /** The origins on whose pages the write key is taken from browsers, such as `https://shop.example`; none: on all. */
  allowedOrigins: z
    .array(
      z
        .string()
        .max(300)
        .toLowerCase()
        .regex(/^https?:\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/, {
          message: 'expected an origin such as https://shop.example, without a path',
        }),
    )
    .max(100, { message: 'expected at most 100 origins' })
    .default([]),
  /** Counts how often the key of the shop's identity tokens was renewed. */
  identityKeyVersion: z.number().int().positive().default(1),
  /** Counts how often the secret that signs webhooks was renewed. */
  webhookSecretVersion: z.number().int().positive().default(1),
  /** Counts how often the addresses at which mail providers report were renewed. */
  feedbackHookVersion: z.number().int().positive().default(1),
  /** How mails look: what all templates share. */
  brand: BrandSchema.prefault({}),
  /** What marketing mails are about, as customers choose on the page of their preferences. */
  topics: TopicsSchema.default([]),
  /**
   * What is kept of opened mails: nothing, the last day only, or each, of customers who have agreed to be tracked. The
   * supervisors of the EU ask for consent, so it is off until somebody decides (CNIL and Garante, April 2026).
   */
  openTracking: z.enum(['off', 'last-open', 'full']).default('off'),
  /** Whether links to the shop say where the visitor comes from: `utm_source`, `utm_medium`, `utm_campaign`. */
  linkAttribution: z.boolean().default(true),
  /** How mails address people where a language has two ways: tú or usted, Ty or Państwo, tu or dumneavoastră. */
  formality: z.enum(['informal', 'formal']).default('informal'),
  /** Whether the owners are told each Monday morning, by mail, how things stand. */
  weeklyReport: z.boolean().default(true),
  /** On how many days mail to an address comes back for now, none reaching it between, until it is given up. */
  softBounceDays: z.number().int().min(2).max(30).default(5),
  /** When no marketing is sent, by the customer's own clock. */
  quietHours: QuietHoursSchema.nullable().default(null),
  /** How many marketing mails a customer gets at most. */
  cap: FrequencyCapSchema.nullable().default(null),
  /** An open return or complaint keeps marketing back, but no longer than this. */
  casePause: duration.default(30 * DAY),
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
