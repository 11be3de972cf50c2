import { STATES } from '@ciclo/engine'
import { z } from 'zod'
import { LIST_SORTS } from '../store/queries/customerSearch.ts'
import { CustomerSchema } from './apiSchemas.ts'

/** Several words of a list, one after the other with commas between them. */
const listOf = <Name extends string>(names: readonly [Name, ...Name[]]) =>
  z
    .string()
    .transform((text) => [...new Set(text.split(',').filter((part) => part !== ''))])
    .pipe(z.array(z.enum(names)))
    .optional()

/** Neither database compares a text with NUL in it. */
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((given) => given.isWellFormed() && !given.includes('\u0000'), {
      message: 'expected whole characters, and none of them NUL',
    })
    .transform((given) => (given === '' ? undefined : given))
    .optional()

/** Who is looked for. Of one region any of the states may be, of several each has to fit. */
export const CustomerFilterSchema = z.object({
  /** Parts of text: each begins the e-mail, the userId or a name. Case and accents do not matter. */
  text: text(200),
  stage: listOf(STATES.stage),
  value: listOf(STATES.value),
  engagement: listOf(STATES.engagement),
  permission: listOf(STATES.permission),
  advocacy: listOf(STATES.advocacy),
  /** The id of a saved segment. */
  segment: text(200),
  /** ISO 3166-1 alpha-2. */
  country: text(2),
  /** As it is kept of the customer: `es`, or `es-MX`. */
  locale: text(35),
})

export const CustomerSearchQuerySchema = CustomerFilterSchema.extend({
  sort: z.enum(LIST_SORTS).default('changed'),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

const time = z.iso.datetime().nullable()

const ListedSchema = CustomerSchema.pick({
  id: true,
  email: true,
  userId: true,
  claims: true,
  lifecycle: true,
  orders: true,
  locale: true,
  nextDeadlineAt: true,
  createdAt: true,
}).extend({
  /** Of the traits; null where nobody has said one. */
  name: z.string().nullable(),
  country: z.string().nullable(),
  /** Since when the customer is in its stage. */
  stageSince: z.iso.datetime(),
  /** The last visit or human click, or when the customer became reachable. */
  lastSeenAt: time,
  /** When a state, an order or a name changed last. */
  changedAt: z.iso.datetime(),
})

export type ListedCustomer = z.infer<typeof ListedSchema>

export const CustomerListSchema = z.object({ customers: z.array(ListedSchema), next: z.string().nullable() })

/** Exact up to 10,000; `isMore` says that there are more than that. */
export const CustomerCountSchema = z.object({ customers: z.int(), isMore: z.boolean() })
