import { z } from 'zod'

const count = z.int()
const counts = z.record(z.string(), count)
const judged = z.object({ stage: counts, value: counts, engagement: counts })
const days = z.number()
const lines = z.object({
  /** When a customer without a gap of their own is at risk, lapsed and lost: days after the order. */
  atRisk: days,
  lapsed: days,
  lost: days,
  /** The spend from which a customer is a VIP: minor units of the currency. */
  vip: z.number(),
})

/** What saving a patch would do to the customers. */
export const SettingsPreviewSchema = z.object({
  /** Whether customers are judged by what the patch changes. */
  isJudging: z.boolean(),
  /** Customers with an order, a deadline or a long silence: nobody else is judged by settings. */
  customers: count,
  /** Of those, who would be something else. */
  moved: count,
  before: judged,
  after: judged,
  lines: z.object({ before: lines, after: lines }),
})

export const PatchSchema = z.record(z.string(), z.unknown())

export const MailPreviewQuerySchema = z.object({
  /** A merge patch of settings as JSON, as it would be saved. */
  patch: z.string().max(12_000).default('{}'),
  template: z.string().max(60).default('welcome'),
  locale: z.string().max(35).optional(),
  /** Whose mail it is; made-up data, if left out. */
  customerId: z.string().min(1).max(200).optional(),
})
