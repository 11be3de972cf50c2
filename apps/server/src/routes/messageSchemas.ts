import { MESSAGE_STATES } from '@ciclo/engine'
import { z } from 'zod'
import { PageQuerySchema } from './apiSchemas.ts'

const time = z.iso.datetime().nullable()
const PurposeSchema = z.enum(['marketing', 'transactional'])
const MessageStateSchema = z.enum(MESSAGE_STATES)
const NamedSchema = z.object({ id: z.string(), name: z.string() })

const OutboxMessageSchema = z.object({
  id: z.string(),
  /** `name`: as the customer is called today; null where nobody has said it. */
  to: z.object({ address: z.string(), name: z.string().nullable() }),
  customerId: z.string(),
  template: z.string(),
  purpose: PurposeSchema,
  /** Null as long as it was not made into a mail. */
  subject: z.string().nullable(),
  state: MessageStateSchema,
  /** As it is stored, such as `run-exit:ordered`; `why` has its parts. */
  reason: z.string().nullable(),
  why: z.object({ code: z.string(), detail: z.string().nullable() }).nullable(),
  locale: z.string().nullable(),
  journey: NamedSchema.nullable(),
  step: z.string().nullable(),
  campaign: NamedSchema.nullable(),
  variant: z.string().nullable(),
  topic: z.string().nullable(),
  /** The sender that it names; null: the main one of its purpose. */
  sender: z.string().nullable(),
  attempts: z.int(),
  createdAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  sentAt: time,
  response: z.string().nullable(),
})

export type ShownMessage = z.infer<typeof OutboxMessageSchema>

export const OutboxSchema = z.object({
  messages: z.array(OutboxMessageSchema),
  next: z.string().nullable(),
  /** Where the page is not full although there may be more: up to when everything was looked at. */
  searchedTo: time,
})

export const MessageCountsSchema = z.object({
  states: z.array(
    z.object({
      state: MessageStateSchema,
      messages: z.int(),
      /** There are more: at least so many. */
      isMore: z.boolean(),
    }),
  ),
})

const FilterShape = {
  state: MessageStateSchema.optional(),
  purpose: PurposeSchema.optional(),
  template: z.string().max(200).optional(),
  journey: z.string().max(200).optional(),
  campaign: z.string().max(200).optional(),
  /** Of a sender by its id: also of its purpose's mails that name none, where it is the main one. */
  sender: z.string().max(200).optional(),
  /** An address, a customer's id, or the shop's own id of one. */
  to: z.string().trim().min(1).max(320).optional(),
  /** From then on, by when it was asked for. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** Before then. */
  until: z.iso.datetime({ offset: true }).optional(),
}

export const MessageFilterSchema = z.object(FilterShape)
export const OutboxQuerySchema = PageQuerySchema.extend(FilterShape)

/** What there is to filter by, and whether there is any mail at all. */
export const MessageFiltersSchema = z.object({
  hasMessages: z.boolean(),
  liveJourneys: z.int(),
  journeys: z.array(NamedSchema),
  campaigns: z.array(NamedSchema),
  templates: z.array(z.string()),
  senders: z.array(z.object({ id: z.string(), purpose: PurposeSchema })),
})

const ResponseSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  kind: z.enum([
    'opened',
    'clicked',
    'bounced',
    'complained',
    'unsubscribed',
    'resubscribed',
    'confirmed',
    'answered',
  ]),
  /** Whether a person has opened or clicked; null where that is no question. */
  isHuman: z.boolean().nullable(),
  /** Why it is taken for a machine. */
  machine: z.string().nullable(),
  /** Where the click led. */
  url: z.string().nullable(),
  /** What the other server said, or the topic that was left, or the answer. */
  detail: z.string().nullable(),
  /** Of what has come back: for good. */
  isPermanent: z.boolean().nullable(),
})

export type ShownResponse = z.infer<typeof ResponseSchema>

export const MessageDetailSchema = OutboxMessageSchema.extend({
  /** The address is only claimed: nothing but a confirmation goes there. */
  isClaimed: z.boolean(),
  /** When what it answers happened. */
  causeAt: z.iso.datetime(),
  /** When it was last begun to be handed over. */
  attemptedAt: time,
  /** The run that has asked for it; null of a campaign's, or where it is gone. */
  run: z
    .object({
      id: z.string(),
      startedAt: z.iso.datetime(),
      endedAt: time,
      endReason: z.string().nullable(),
    })
    .nullable(),
  /** The event that has started the run, where it is one of the customer's. */
  cause: z
    .object({
      id: z.string(),
      type: z.string(),
      name: z.string().nullable(),
      at: z.iso.datetime(),
      source: z.string(),
    })
    .nullable(),
  headers: z.object({
    from: z.object({ name: z.string(), address: z.string() }),
    replyTo: z.string().nullable(),
    messageId: z.string().nullable(),
    listUnsubscribe: z.boolean(),
    /** Whose key signs it here; null where the server signs. */
    dkimDomain: z.string().nullable(),
    /** The sender by which it goes, as it is set up today. */
    sender: z.string(),
  }),
  responses: z.array(ResponseSchema),
  /** There are more of them. */
  hasMoreResponses: z.boolean(),
  /** When its template was published last, where that was after the mail was sent: it looks as it would today. */
  templateChangedAt: time,
  /** It waits, and nobody is sending it: it can be cancelled. */
  canCancel: z.boolean(),
})

export const MailContentSchema = z.object({ subject: z.string(), text: z.string() })
export const MailQuerySchema = z.object({ scheme: z.enum(['light', 'dark']).default('light') })
export const CancelledSchema = z.object({ id: z.string(), state: MessageStateSchema, reason: z.string() })
