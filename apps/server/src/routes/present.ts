import { earliest, type Customer, type EventInput, type Order } from '@ciclo/engine'
import { z } from 'zod'
import type { CustomerRecord } from '../store/queries/customers.ts'
import type { OutboxMessage } from '../store/queries/messages.ts'
import type { ShelvedProduct } from '../store/queries/products.ts'
import type { CustomerTransition } from '../store/queries/transitions.ts'
import { presentConsentState } from './presentConsent.ts'
import type {
  CartSchema,
  CustomerSchema,
  EventsSchema,
  MergeSchema,
  MessagesSchema,
  OrdersSchema,
  ProductSchema,
  TransitionsSchema,
} from './apiSchemas.ts'
import { iso, isoOrNull } from './iso.ts'

const IdentitySchema = z.object({ kind: z.enum(['anonymousId', 'userId', 'email']), value: z.string() })

/** The properties of our own event `Customers Merged`; `by` is missing in those of the first version. */
const MergedSchema = z.object({
  absorbed: z.string(),
  because: z.string(),
  source: z.string().default('secret'),
  by: z
    .object({ survivor: IdentitySchema.nullable(), absorbed: IdentitySchema.nullable() })
    .default({ survivor: null, absorbed: null }),
})

export function presentCustomer({
  customer,
  createdAt,
  parked,
}: CustomerRecord): z.infer<typeof CustomerSchema> {
  const { id, email, userId, claims, lifecycle, figures, traits, locale, timers } = customer
  return {
    id,
    email,
    userId,
    claims,
    lifecycle: lifecycle.value,
    orders: {
      count: figures.count,
      revenue: figures.revenue,
      firstAt: isoOrNull(figures.firstAt),
      lastAt: isoOrNull(figures.lastAt),
    },
    traits,
    consent: presentConsentState(customer),
    locale: locale?.value ?? null,
    nextDeadlineAt: isoOrNull(earliest(timers)),
    parked,
    createdAt: iso(createdAt),
  }
}

export function presentCarts({ carts }: Customer): z.infer<typeof CartSchema>[] {
  return carts.toReversed().map(({ lines, coupons, updatedAt, ...cart }) => ({
    ...cart,
    lines: [...lines],
    coupons: [...coupons],
    updatedAt: iso(updatedAt),
  }))
}

export function presentOrder(order: Order): z.infer<typeof OrdersSchema>['orders'][number] {
  const { id, at, currency, total, refunded, cancelled, trusted, discount, coupon } = order
  return { id, at: iso(at), currency, total, refunded, cancelled, trusted, discount, coupon }
}

export function presentProduct({
  claimed,
  updatedAt,
  listedAt: _listedAt,
  ...product
}: ShelvedProduct): z.infer<typeof ProductSchema> {
  return { reduction: null, ...product, claimed: [...claimed], updatedAt: iso(updatedAt) }
}

export function presentEvent({
  id,
  at,
  receivedAt,
  source,
  event,
}: EventInput): z.infer<typeof EventsSchema>['events'][number] {
  return {
    messageId: id,
    type: event.type,
    name: event.name ?? null,
    timestamp: iso(at),
    receivedAt: iso(receivedAt),
    source,
    bot: event.bot === true,
    properties: event.properties,
    traits: event.traits,
  }
}

const PROVERS: Record<string, string> = {
  secret: 'the secret key',
  public: 'a signed identity token',
  import: 'an import',
  own: 'a link of ours',
}

export function presentMerge({ at, event: { properties } }: EventInput): z.infer<typeof MergeSchema> {
  const { absorbed, because, source, by } = MergedSchema.parse(properties)
  const named = [by.survivor, by.absorbed].filter((identity) => identity !== null)
  const together = named.map(({ kind, value }) => `${kind} "${value}"`).join(' and ')
  const prover = PROVERS[named.length === 1 ? 'own' : source] ?? source
  return {
    customerId: absorbed,
    at: iso(at),
    because,
    by: named,
    reason: `${prover} named ${together}${named.length === 1 ? ', which was clicked or confirmed there' : ' together'}`,
  }
}

export function presentTransition(
  transition: CustomerTransition,
  sentence: string,
): z.infer<typeof TransitionsSchema>['transitions'][number] {
  const { at, region, from, to, reason, rebuilt } = transition
  const { cause, numbers, next } = reason
  return {
    at: iso(at),
    region,
    from,
    to,
    reason: { cause, numbers, ...(next ? { next: { timer: next.timer, dueAt: iso(next.dueAt) } } : {}) },
    rebuilt,
    sentence,
  }
}

export function presentMessage(message: OutboxMessage): z.infer<typeof MessagesSchema>['messages'][number] {
  return {
    id: message.id,
    template: message.template,
    purpose: message.purpose,
    state: message.state,
    reason: message.reason,
    to: message.address,
    subject: message.subject,
    locale: message.locale,
    journey: message.journeyId,
    campaign: message.campaignId,
    variant: message.variant,
    topic: message.topic,
    attempts: message.attempts,
    createdAt: iso(message.createdAt),
    sentAt: isoOrNull(message.sentAt),
    response: message.response,
  }
}
