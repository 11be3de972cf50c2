import { CONSENT_BASES, CONSENT_PURPOSES, CONSENT_STATUSES } from '@ciclo/engine'
import { z } from 'zod'

const country = z.string().regex(/^[A-Z]{2}$/, { message: 'expected a country of ISO 3166-1, such as PL' })

/** How a customer stands to one purpose; null where nothing was ever said. */
const StandingSchema = z
  .object({
    status: z.enum(CONSENT_STATUSES),
    /** What permits it; null once it is refused. */
    basis: z.enum(CONSENT_BASES).nullable(),
    at: z.iso.datetime(),
  })
  .nullable()

export const ConsentStateSchema = z.object({
  /** ISO 3166-1 alpha-2; null where it is unknown. It decides which bases are allowed. */
  country: country.nullable(),
  'marketing-email': StandingSchema,
  tracking: StandingSchema,
  /** The topics of marketing mail that the customer has left out. */
  refusedTopics: z.array(z.string()),
})

/** One change of a consent, as it was recorded. Nothing of it is ever changed. */
export const ConsentSchema = z.object({
  id: z.string(),
  purpose: z.enum(CONSENT_PURPOSES),
  /** The one topic of marketing mail that it is about; null: all of it. */
  topic: z.string().nullable(),
  status: z.enum(CONSENT_STATUSES),
  basis: z.enum(CONSENT_BASES).nullable(),
  country: z.string().nullable(),
  text: z.string().nullable(),
  textVersion: z.string().nullable(),
  method: z.string().nullable(),
  source: z.enum(['secret', 'public', 'own', 'import']),
  /** The network that the request came from, never a whole address. */
  network: z.string().nullable(),
  at: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
})

export const ConsentsSchema = z.object({ consents: z.array(ConsentSchema), next: z.string().nullable() })

/** What the shop records of a customer: in a conversation, on paper, in another system. */
export const NewConsentSchema = z.strictObject({
  purpose: z.enum(CONSENT_PURPOSES),
  status: z.enum(['granted', 'refused']),
  basis: z.enum(CONSENT_BASES).default('consent'),
  /** One of the topics of the settings, of marketing mail; left out: all of it. */
  topic: z.string().min(1).max(64).optional(),
  text: z.string().max(10_000).optional(),
  textVersion: z.string().max(200).optional(),
  method: z.string().max(200).optional(),
  country: country.optional(),
  /** When it was said; now, if left out. */
  at: z.iso.datetime({ offset: true }).optional(),
  /** The same id twice is one change. */
  messageId: z.string().min(1).max(100).optional(),
})

export const RecordedSchema = z.object({
  messageId: z.string(),
  /** `parked`: the customer is, and the change waits with the other parked inputs. */
  verdict: z.enum(['applied', 'duplicate', 'parked']),
  consent: ConsentStateSchema,
})

const usesSchema = z.record(z.enum(CONSENT_BASES), z.enum(['allowed', 'not-lawful', 'not-used']))

/** On what marketing e-mail may rest, by country: `not-lawful` there, or `not-used` by this workspace's settings. */
export const ConsentPolicySchema = z.object({
  /** The country that counts where nobody knows the customer's. */
  country: z.string().nullable(),
  /** What the settings use at all. */
  bases: z.array(z.enum(CONSENT_BASES)),
  tracking: z.enum(['opt-out', 'opt-in']),
  countries: z.array(
    z.object({
      country: z.string(),
      bases: usesSchema,
      /** Where the law says so; null where the settings do. */
      source: z.string().nullable(),
    }),
  ),
  /** Every other country, and an unknown one. */
  others: z.object({ bases: usesSchema }),
})
