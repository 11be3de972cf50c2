import { CONSENT_BASES, STATES } from '@ciclo/engine'
import { z } from 'zod'

const time = z.iso.datetime()
const purpose = z.enum(['marketing', 'transactional'])

const PurposeStandingSchema = z.object({
  /** Who such a mail would come from. */
  sender: z.object({ id: z.string(), name: z.string(), address: z.string() }),
  /** Everything that keeps one back now, the first word of the policy first; none: one would be sent at once. */
  blockers: z.array(
    z.object({
      kind: z.enum(['wait', 'refuse']),
      /** As in a message's `reason`; `no-address` where there is none that is proven. */
      reason: z.string(),
      /** Null where somebody has to act, or it is for good. */
      until: time.nullable(),
      /** What it hangs on, such as why an address is on the suppression list. */
      details: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    }),
  ),
  /** Whether anything waits to be sent, or a journey that the customer is in has a mail ahead. */
  isPlanned: z.boolean(),
})

export const MailStandingSchema = z.object({
  address: z.object({
    value: z.string().nullable(),
    /** `claimed`: a browser says so, and nobody has proven it: nothing but a confirmation goes there. */
    state: z.enum(['proven', 'claimed', 'none']),
  }),
  locale: z.object({
    value: z.string(),
    /** Said by the customer or the shop, a trait that a browser told, the page's language, or the shop's own. */
    from: z.enum(['vouched', 'trait', 'page', 'shop']),
  }),
  /** By which the customer's day goes. */
  timeZone: z.object({ value: z.string(), from: z.enum(['vouched', 'trait', 'page', 'shop']) }),
  permission: z.object({
    state: z.enum(STATES.permission),
    basis: z.enum(CONSENT_BASES).nullable(),
    /** Whether the country's policy and the settings allow that basis. */
    isBasisAllowed: z.boolean(),
    since: time.nullable(),
    country: z.string().nullable(),
  }),
  purposes: z.object({ marketing: PurposeStandingSchema, transactional: PurposeStandingSchema }),
  /** What goes next, the earliest first, as far as it is known. */
  next: z.array(
    z.object({
      /** `message`: it waits in the outbox. `run`: a step ahead in a journey. `entry`: the customer comes into one. */
      kind: z.enum(['message', 'run', 'entry']),
      at: time,
      journey: z.string().nullable(),
      /** What people call the journey. */
      name: z.string().nullable(),
      template: z.string().nullable(),
      purpose: purpose.nullable(),
      /** Of a message: its id, why it waits, and when it would come too late. */
      messageId: z.string().nullable(),
      reason: z.string().nullable(),
      expiresAt: time.nullable(),
    }),
  ),
  /** What was asked for lately and did not go, the newest first. */
  missed: z.array(
    z.object({
      messageId: z.string(),
      template: z.string(),
      purpose,
      state: z.enum(['refused', 'expired', 'failed', 'dead', 'unknown']),
      reason: z.string().nullable(),
      at: time,
    }),
  ),
})
