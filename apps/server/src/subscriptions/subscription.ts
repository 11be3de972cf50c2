import { z } from 'zod'

/** How a subscriber is told: by Standard Webhooks, or in the words of a chat tool. */
export const SUBSCRIPTION_FORMATS = ['standard', 'slack', 'mattermost', 'teams', 'chatwoot'] as const

/** What a change of a customer's lifecycle is subscribed to by: transitions are no events. */
export const TRANSITION = 'customer.transition'

const name = z.string().trim().min(1).max(100)

/** Which of the events are told, by one of their properties: `Survey Answered` with a score of 6 at most. */
export const ConditionSchema = z
  .strictObject({
    property: z.string().trim().min(1).max(100),
    is: z.enum(['equals', 'atLeast', 'atMost']),
    value: z.union([z.string().max(200), z.number()]),
  })
  .refine(({ is, value }) => is === 'equals' || typeof value === 'number', {
    path: ['value'],
    error: 'expected a number to compare with',
  })
export type SubscriptionCondition = z.infer<typeof ConditionSchema>

/** What a format needs besides an address. */
export const SubscriptionOptionsSchema = z.strictObject({
  /** Of a chat tool with accounts and inboxes: which of them conversations are opened in. */
  account: z.int().positive().optional(),
  inbox: z.int().positive().optional(),
  when: ConditionSchema.optional(),
})
export type SubscriptionOptions = z.infer<typeof SubscriptionOptionsSchema>

const addressOf = z
  .string()
  .trim()
  .max(2_000)
  .refine(
    (text) => {
      if (!URL.canParse(text)) return false
      const { protocol, username, password } = new URL(text)
      return /^https?:$/.test(protocol) && username === '' && password === ''
    },
    {
      error: 'expected an http(s) address without a password in it, such as https://erp.example/hooks/ciclo',
    },
  )

/** A subscription as it is asked for. */
export const SubscriptionChangeSchema = z.strictObject({
  name,
  /** Left out in a change: stays. */
  url: addressOf.optional(),
  /** Names of events; empty: all of them, and changes of the lifecycle. */
  events: z.array(name).max(100).default([]),
  format: z.enum(SUBSCRIPTION_FORMATS).default('standard'),
  options: SubscriptionOptionsSchema.default({}),
  /** Of a chat tool's API. Left out in a change: stays. Never shown. */
  token: z.string().trim().min(1).max(500).optional(),
  active: z.boolean().default(true),
})
export type SubscriptionChange = z.infer<typeof SubscriptionChangeSchema>

/** What opens a receiver: kept sealed. */
export const SubscriptionSecretSchema = z.object({ url: z.string().optional(), token: z.string().optional() })
