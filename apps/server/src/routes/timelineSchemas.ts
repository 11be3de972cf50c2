import { z } from 'zod'
import { TIMELINE_KINDS } from '../store/queries/timeline.ts'
import { EventsSchema, MessagesSchema, PageQuerySchema, TransitionsSchema } from './apiSchemas.ts'
import { LocaleQuerySchema } from './reasonLanguage.ts'
import { RunSchema } from './runSchemas.ts'

const placed = { id: z.string(), at: z.iso.datetime() }

/** Something that happened to a customer. */
export const TimelineEntrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('event'), ...placed, event: EventsSchema.shape.events.element }),
  z.object({
    kind: z.literal('transition'),
    ...placed,
    transition: TransitionsSchema.shape.transitions.element,
  }),
  z.object({
    kind: z.literal('run'),
    ...placed,
    what: z.enum(['began', 'ended']),
    /** What people call the journey. */
    name: z.string(),
    run: RunSchema,
  }),
  z.object({ kind: z.literal('message'), ...placed, message: MessagesSchema.shape.messages.element }),
])

export const TimelineSchema = z.object({ entries: z.array(TimelineEntrySchema), next: z.string().nullable() })

export const TimelinePlaceSchema = z.object({ at: z.int(), kind: z.enum(TIMELINE_KINDS), id: z.string() })

const ALL = TIMELINE_KINDS.join(',')

export const TimelineQuerySchema = PageQuerySchema.extend(LocaleQuerySchema.shape).extend({
  /** Such as `event,message`; left out: everything. */
  kinds: z
    .string()
    .default(ALL)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(TIMELINE_KINDS, { error: `expected some of ${ALL}` })).min(1)),
})

export const OrderLinesSchema = z.object({
  /** What was in each order, by its id, as its last event told it. Money is integer minor units of the order's currency. */
  orders: z.record(
    z.string(),
    z.array(
      z.object({
        productId: z.string().nullable(),
        sku: z.string().nullable(),
        variant: z.string().nullable(),
        name: z.string().nullable(),
        quantity: z.number(),
        price: z.int().nullable(),
      }),
    ),
  ),
})
