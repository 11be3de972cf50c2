import { z } from 'zod'
import { LocaleQuerySchema } from './reasonLanguage.ts'
import { MetricsSchema } from './insightSchemas.ts'

export const HomeQuerySchema = LocaleQuerySchema

const count = z.int().nonnegative()
const instant = z.iso.datetime()
const day = z.iso.date()
/** Integer minor units, per currency. */
const money = z.record(z.string(), z.int())
const stage = z.enum(['visitor', 'prospect', 'new', 'active', 'reactivated', 'atRisk', 'lapsed', 'lost'])

/** When a part was counted, and whether it is being counted anew. */
const counted = { countedAt: instant, isCounting: z.boolean() }

const OfferSchema = z.object({ id: z.string(), name: z.string(), stage, mails: count })
/** In a small shop all of them by name. */
const ArrivalsSchema = z.object({ people: count, spend: money, names: z.array(z.string()) })

const MapSchema = z.object({
  ...counted,
  customers: count,
  /** Fewer than 100 customers: people are told by name and number, never by share. */
  isSmall: z.boolean(),
  stages: z.array(
    z.object({
      stage,
      customers: count,
      /** Of them, those who may be sent marketing. */
      reachable: count,
      /** By how many there are more of them than 28 days ago. */
      change: z.int(),
      /** In the last 365 days. */
      spend: money,
      /** In a small shop up to three of them. */
      names: z.array(z.string()),
      /** Who came in within 7 and 28 days, and is still there. */
      week: ArrivalsSchema,
      month: ArrivalsSchema,
    }),
  ),
  /** In the last 28 days: how many moved, of all who were in the first stage meanwhile. */
  moves: z.array(z.object({ from: stage, to: stage, moves: count, of: count })),
  journeys: z.array(
    z.object({ id: z.string(), name: z.string(), status: z.enum(['live', 'paused', 'published']), stage }),
  ),
  /** Shipped journeys for stages that have none. */
  offers: z.array(OfferSchema),
})

const PeriodMoneySchema = z.object({
  orders: count,
  revenue: money,
  attributedOrders: count,
  /** Of orders that followed a person's click on a mail. */
  attributed: money,
})

const EstimateSchema = z
  .object({
    mailed: z.number(),
    heldOut: z.number(),
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    verdict: z.enum(['raised', 'lowered', 'unclear']),
  })
  .nullable()
const word = z.literal('not enough data yet').nullable()

export const LiftSchema = z.object({
  mailedPeople: count,
  heldOutPeople: count,
  conversion: EstimateSchema,
  conversionWord: word,
  revenue: EstimateSchema,
  revenueWord: word,
})

const MoneySchema = z.object({
  ...counted,
  days: z.array(z.object({ day, revenue: money })),
  /** The last 28 days, and the 28 before. */
  now: PeriodMoneySchema,
  before: PeriodMoneySchema,
  /** Of journeys that hold some out by chance. Shares of people who ordered; minor units of `currency` a person. */
  lifts: z.array(LiftSchema.extend({ id: z.string(), name: z.string() })),
  liftDays: count,
  currency: z.string(),
})

const MailSchema = z.object({
  ...counted,
  /** Today and the six days after it, by the shop's clocks. */
  planned: z.array(z.object({ day, marketing: count, transactional: count, journeys: count })),
  /** False where so many runs are under way that only the first were looked at. */
  isComplete: z.boolean(),
  /** Today and the six days before it. */
  past: z.array(z.object({ day, sent: count, clicks: count, complaints: count, unsubscribes: count })),
})

const HealthSchema = z.object({
  sources: z.array(z.object({ source: z.enum(['secret', 'public', 'import']), lastAt: instant.nullable() })),
  /** For how long nothing has come in, in milliseconds, where that is unusual for the shop. */
  silence: count.nullable(),
  /** Mails that should have left. */
  late: count,
  lateSince: instant.nullable(),
  parkedInputs: count,
  parkedCustomers: count,
  failingJobs: z.array(z.string()),
  senders: z.array(
    z.object({
      id: z.string(),
      purpose: z.enum(['marketing', 'transactional']),
      status: z.enum(['draft', 'live', 'stopped']),
      reason: z.string().nullable(),
      checkedAt: instant.nullable(),
      /** The records that were not well when they were looked up last. */
      wrong: z.array(z.string()),
    }),
  ),
})

export const HomeSchema = z.object({
  at: instant,
  /** The language of the sentences. */
  locale: z.string(),
  sentence: z.string(),
  /** Whether something is broken: the sentence is about it. */
  isBroken: z.boolean(),
  /** Nothing has come in yet. */
  isEmpty: z.boolean(),
  tasks: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      text: z.string(),
      action: z.string(),
      people: count.nullable(),
      /** In a small shop all of them by name. */
      names: z.array(z.string()),
      /** What they have spent in the last 365 days. */
      money,
      /** A page of the studio; null where a journey is to be switched on. */
      to: z.string().nullable(),
      journey: OfferSchema.nullable(),
    }),
  ),
  /** Null while it is counted for the first time: ask again in a moment. So are the next three. */
  map: MapSchema.nullable(),
  money: MoneySchema.nullable(),
  mail: MailSchema.nullable(),
  /** The five figures of the last 365 days. */
  figures: MetricsSchema.omit({ activeSince: true }).extend(counted).nullable(),
  health: HealthSchema,
})
