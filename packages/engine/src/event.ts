import { z } from 'zod'

/** The six calls of the Segment specification (https://segment.com/docs/connections/spec/). */
export const EVENT_TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const

const bag = z.record(z.string(), z.unknown())

/**
 * Something that happened, in the Segment specification's form, with nulls and wire quirks already removed.
 * It is what the store keeps as an event's body and what a replay reads back.
 */
export const EventSchema = z.object({
  type: z.enum(EVENT_TYPES),
  /** The name of a `track` event, or of a `page` or `screen`. */
  name: z.string().optional(),
  userId: z.string().optional(),
  anonymousId: z.string().optional(),
  previousId: z.string().optional(),
  groupId: z.string().optional(),
  properties: bag.default({}),
  traits: bag.default({}),
  context: bag.default({}),
  /**
   * Whom a signed identity token or a click on one of our own links proves the sender to be. Set where the event comes
   * in, after the signature was checked; never taken from a client.
   */
  proof: z.object({ userId: z.string().optional(), email: z.string().optional() }).optional(),
  /** Sent by a crawler or scanner, by its user agent: kept, and no sign of life of the customer. Set as `proof` is. */
  bot: z.boolean().optional(),
  /** The network of the sender, never its whole address; on events that answer for consent. Set as `proof` is. */
  network: z.string().optional(),
})

export type Event = z.infer<typeof EventSchema>
