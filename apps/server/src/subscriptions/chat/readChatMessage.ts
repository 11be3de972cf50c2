import {
  createExplainer,
  decimalsOf,
  fromMinorUnits,
  reasonsOf,
  sentenceLanguageOf,
  type Rules,
} from '@ciclo/engine'
import { readCustomer } from '../../store/queries/customers.ts'
import { nameOf } from '../../store/queries/listingWords.ts'
import { pageOfMessages } from '../../store/queries/messages.ts'
import { readSegmentNames } from '../../store/queries/segments.ts'
import { lastTransitions } from '../../store/queries/transitions.ts'
import type { ReadTx } from '../../store/store.ts'
import type { ConversationWith } from './openConversation.ts'
import type { ChatMessage } from './chatMessage.ts'
import { CHAT_WORDS, type ChatWords } from './chatWords.ts'
import type { Delivery } from '../delivery.ts'

const MOST_PROPERTIES = 10
const MAILS = 3

export interface ChatFacts {
  message: ChatMessage
  customer: ConversationWith
}

/** What is told of an event besides the customer: what is text, a number or a yes in it. */
function propertyFacts(body: unknown) {
  const { data } = body as {
    data?: { event?: { properties?: object }; transition?: Record<string, unknown> }
  }
  const { transition } = data ?? {}
  if (transition)
    return [
      {
        label: String(transition['region']),
        value: `${String(transition['from'])} → ${String(transition['to'])}`,
      },
    ]
  return (
    Object.entries(data?.event?.properties ?? {})
      .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
      .slice(0, MOST_PROPERTIES)
      // Names of properties are the sender's, too.
      .map(([label, value]) => ({
        label: label.replaceAll(/[^\p{L}\p{N} _-]/gu, '').slice(0, 60),
        value: String(value),
      }))
  )
}

/** The message of an invented event: of nobody. */
const sampleMessage = (
  { event, body }: { event: string; body: unknown },
  words: ChatWords,
  publicUrl: string,
): ChatFacts => ({
  customer: { identifier: 'ciclo:test', name: 'Ciclo Test', email: 'ann@example.com' },
  message: {
    title: event,
    facts: [
      ...propertyFacts(body),
      { label: words.customer, value: 'Ann Example' },
      { label: words.email, value: 'ann@example.com' },
      { label: words.orders, value: words.noOrders },
    ],
    link: { label: words.open, url: new URL('/customers', publicUrl).href },
  },
})

/** A customer as agents of a chat tool want to know it now: who, in which stage and why, what bought, and mails. */
export async function readChatMessage(
  tx: ReadTx,
  workspaceId: string,
  { customerId, event, body, isSample = false }: Omit<Delivery, 'id'>,
  { rules, now, publicUrl }: { rules: Rules; now: number; publicUrl: string },
): Promise<ChatFacts | undefined> {
  const { locale, shop } = rules.settings
  const language = sentenceLanguageOf(locale) ?? { language: 'en', tag: 'en-GB' }
  const words = CHAT_WORDS[language.language]
  if (isSample) return sampleMessage({ event, body }, words, publicUrl)
  const record = await readCustomer(tx, workspaceId, customerId)
  if (!record) return undefined
  const { customer } = record
  const segmentNames = await readSegmentNames(tx, workspaceId, Object.keys(customer.segments))
  const explainer = createExplainer({ language, timeZone: shop.timeZone, now, rules, segmentNames })
  const reasons = reasonsOf(customer, await lastTransitions(tx, workspaceId, customer.id), rules, now)
  const stage = reasons.find(({ region }) => region === 'stage')
  const mails = await pageOfMessages(tx, workspaceId, customer.id, undefined, MAILS)
  const day = new Intl.DateTimeFormat(language.tag, { dateStyle: 'medium', timeZone: shop.timeZone })
  const money = Object.entries(customer.figures.revenue).map(([currency, minor]) =>
    new Intl.NumberFormat(language.tag, {
      style: 'currency',
      currency,
      minimumFractionDigits: decimalsOf(currency),
    }).format(fromMinorUnits(minor, currency)),
  )
  const name = nameOf(customer)
  const { count } = customer.figures
  return {
    customer: { identifier: `ciclo:${customer.id}`, name, email: customer.email },
    message: {
      title: event,
      facts: [
        ...propertyFacts(body),
        ...(name === null ? [] : [{ label: words.customer, value: name }]),
        ...(customer.email === null ? [] : [{ label: words.email, value: customer.email }]),
        ...(customer.userId === null ? [] : [{ label: words.userId, value: customer.userId }]),
        ...(stage ? [{ label: words.stage, value: explainer.state(stage) }] : []),
        { label: words.orders, value: count === 0 ? words.noOrders : `${count} · ${money.join(' + ')}` },
        {
          label: words.mails,
          value:
            mails.length === 0
              ? words.noMails
              : mails
                  .map(
                    (mail) =>
                      `${mail.subject ?? mail.template} (${day.format(mail.sentAt ?? mail.createdAt)})`,
                  )
                  .join(' · '),
        },
      ],
      link: {
        label: words.open,
        url: new URL(`/customers/${encodeURIComponent(customer.id)}`, publicUrl).href,
      },
    },
  }
}
