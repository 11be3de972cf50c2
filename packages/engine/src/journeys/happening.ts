import { z } from 'zod'
import { EVENT_TYPES } from '../event.ts'
import { PathSchema, SegmentRuleSchema, ValueConditionSchema } from '../segments/segmentRule.ts'

/**
 * An event, by its name and what is asked of its properties. A name of the e-commerce specification stands for all
 * spellings of it (`canonicalName`), and its properties are read as the specification calls them.
 */
const event = {
  type: z.enum(EVENT_TYPES).default('track'),
  /** Left out: any. */
  name: z.string().min(1).max(512).optional(),
  /** All of them hold; paths begin in the event's `properties`, for `identify` and `group` in its `traits`. */
  where: z
    .array(z.object({ path: PathSchema, condition: ValueConditionSchema }))
    .max(5)
    .default([]),
}

export const EventTriggerSchema = z.object({ kind: z.literal('event'), ...event })

/** What a run waits for, is ended by, or is there for. */
export const HappeningSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('event'),
    ...event,
    /**
     * `run`: of a journey with a key, only an event about the run's own cart, checkout or order; of one without, any.
     * `customer`: any event of the customer.
     */
    about: z.enum(['run', 'customer']).default('run'),
  }),
  /** The rule is true of the customer, now or as soon as it is. */
  z.object({ kind: z.literal('condition'), rule: SegmentRuleSchema }),
  /** The run's cart is gone: bought, or emptied. Only of a journey whose key is the cart or the checkout. */
  z.object({ kind: z.literal('cartClosed') }),
])

export type Happening = z.infer<typeof HappeningSchema>
export type EventHappening = Extract<Happening, { kind: 'event' }>
/** What an event must be, whoever asks. */
export type EventQuestion = Pick<EventHappening, 'type' | 'name' | 'where'>
