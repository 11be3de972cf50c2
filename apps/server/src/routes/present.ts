import { earliest, type EventInput } from '@ciclo/engine'
import type { z } from 'zod'
import type { CustomerRecord } from '../store/queries/customers.ts'
import type { OutboxMessage } from '../store/queries/messages.ts'
import type { CustomerTransition } from '../store/queries/transitions.ts'
import type { CustomerSchema, EventsSchema, MessagesSchema, TransitionsSchema } from './apiSchemas.ts'

const iso = (at: number) => new Date(at).toISOString()
const isoOrNull = (at: number | null) => (at === null ? null : iso(at))

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
    locale: locale?.value ?? null,
    nextDeadlineAt: isoOrNull(earliest(timers)),
    parked,
    createdAt: iso(createdAt),
  }
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
    properties: event.properties,
    traits: event.traits,
  }
}

export function presentTransition({
  at,
  region,
  from,
  to,
  reason,
  rebuilt,
}: CustomerTransition): z.infer<typeof TransitionsSchema>['transitions'][number] {
  const { cause, numbers, next } = reason
  return {
    at: iso(at),
    region,
    from,
    to,
    reason: { cause, numbers, ...(next ? { next: { timer: next.timer, dueAt: iso(next.dueAt) } } : {}) },
    rebuilt,
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
    attempts: message.attempts,
    createdAt: iso(message.createdAt),
    sentAt: isoOrNull(message.sentAt),
    response: message.response,
  }
}
