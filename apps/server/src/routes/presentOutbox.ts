import { EVENT_NAMES, type EventInput } from '@ciclo/engine'
import { readReason } from '../messageReasons.ts'
import type { ListedMessage } from '../store/queries/messageList.ts'
import type { MessageNames } from '../store/queries/messageNames.ts'
import { iso, isoOrNull } from './iso.ts'
import type { ShownMessage, ShownResponse } from './messageSchemas.ts'

const named = (id: string | null, names: ReadonlyMap<string, string>) =>
  id === null ? null : { id, name: names.get(id) ?? id }

export function presentOutboxMessage(message: ListedMessage, names: MessageNames): ShownMessage {
  const { id, customerId, template, subject, state, reason, locale, variant, topic, sender } = message
  return {
    id,
    to: { address: message.address, name: names.customers.get(customerId) ?? null },
    customerId,
    template,
    purpose: message.purpose === 'transactional' ? 'transactional' : 'marketing',
    subject,
    state,
    reason,
    why: reason === null ? null : readReason(reason),
    locale,
    journey: named(message.journeyId, names.journeys),
    step: message.stepId,
    campaign: named(message.campaignId, names.campaigns),
    variant,
    topic,
    sender,
    attempts: message.attempts,
    createdAt: iso(message.createdAt),
    dueAt: iso(message.dueAt),
    expiresAt: iso(message.expiresAt),
    sentAt: isoOrNull(message.sentAt),
    response: message.response,
  }
}

const KINDS: ReadonlyMap<string, ShownResponse['kind']> = new Map([
  [EVENT_NAMES.emailOpened, 'opened'],
  [EVENT_NAMES.emailLinkClicked, 'clicked'],
  [EVENT_NAMES.emailBounced, 'bounced'],
  [EVENT_NAMES.emailMarkedAsSpam, 'complained'],
  [EVENT_NAMES.unsubscribed, 'unsubscribed'],
  [EVENT_NAMES.subscribed, 'resubscribed'],
  [EVENT_NAMES.subscriptionConfirmed, 'confirmed'],
  [EVENT_NAMES.surveyAnswered, 'answered'],
])

/** The first of the properties that is there, as text. */
function textOf(properties: Readonly<Record<string, unknown>>, ...names: string[]): string | null {
  const value = names.map((name) => properties[name]).find((one) => one !== undefined && one !== null)
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 2_000) : null
}

/** What came back by a message; nothing of what is no answer to it. */
export function presentResponse({ id, at, event }: EventInput): ShownResponse[] {
  const kind = KINDS.get(event.name ?? '')
  if (kind === undefined) return []
  const { properties } = event
  const isFetch = kind === 'opened' || kind === 'clicked'
  const permanent = properties['permanent']
  return [
    {
      id,
      at: iso(at),
      kind,
      isHuman: isFetch ? properties['class'] === 'human' : null,
      machine: isFetch ? textOf(properties, 'reason') : null,
      url: kind === 'clicked' ? textOf(properties, 'url') : null,
      detail: isFetch ? null : textOf(properties, 'response', 'answer_text', 'answer', 'score', 'topic'),
      isPermanent: kind === 'bounced' && typeof permanent === 'boolean' ? permanent : null,
    },
  ]
}
